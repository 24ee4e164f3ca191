#include <tutti/discovery/Expiry.hpp>

#include <algorithm>

namespace tutti::discovery {

std::vector<NodeId> Expiry::advance(HostTime now)
{
  std::vector<NodeId> gone;
  const auto due = nextDeadline();
  if (!due || now < *due) return gone;
  for (const auto& [id, until] : until_)
    if (until < now) gone.push_back(id);
  for (const auto& id : gone) until_.erase(id);
  return gone;
}

std::optional<HostTime> Expiry::nextDeadline() const
{
  if (until_.empty()) return std::nullopt;
  const auto earliest = std::ranges::min_element(until_, {}, [](const auto& entry) { return entry.second; });
  return earliest->second + kSlack;
}

} // namespace tutti::discovery
