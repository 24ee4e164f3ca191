#include <tutti/discovery/Expiry.hpp>

#include <algorithm>

namespace tutti::discovery {

void Expiry::seen(const NodeId& id, std::chrono::seconds ttl, HostTime now)
{
  const auto until = now + ttl;
  until_[id] = until;
  due_ = std::min(due_.value_or(until + kSlack), until + kSlack);
}

void Expiry::forget(const NodeId& id)
{
  until_.erase(id);
  if (until_.empty()) due_.reset();
}

std::vector<NodeId> Expiry::advance(HostTime now)
{
  std::vector<NodeId> gone;
  if (!due_ || now < *due_) return gone;
  due_ = earliest();
  if (!due_ || now < *due_) return gone; // whom we waited for was seen again
  for (const auto& [id, until] : until_)
    if (until < now) gone.push_back(id);
  for (const auto& id : gone) until_.erase(id);
  due_ = earliest();
  return gone;
}

std::optional<HostTime> Expiry::earliest() const
{
  if (until_.empty()) return std::nullopt;
  const auto first = std::ranges::min_element(until_, {}, [](const auto& entry) { return entry.second; });
  return first->second + kSlack;
}

} // namespace tutti::discovery
