#include "Proxies.hpp"

#include <algorithm>
#include <iterator>

namespace tutti::link {

std::vector<NodeId> Proxies::set(const std::vector<NodeId>& ids, HostTime now)
{
  const std::set<NodeId> wanted{ids.begin(), ids.end()};
  std::vector<NodeId> gone;
  std::ranges::set_difference(ids_, wanted, std::back_inserter(gone));
  const bool hasNew = !std::ranges::includes(ids_, wanted);
  ids_ = wanted;
  if (hasNew) changed(now);
  return gone;
}

void Proxies::changed(HostTime now)
{
  due_ = std::min(due_, std::max(now, last_ + kLeastPause));
}

bool Proxies::advance(HostTime now)
{
  if (ids_.empty() || now < due_) return false;
  last_ = now;
  due_ = now + kPeriod;
  return true;
}

std::optional<HostTime> Proxies::nextDeadline() const
{
  if (ids_.empty()) return std::nullopt;
  return due_;
}

} // namespace tutti::link
