#include "Requesters.hpp"

#include <algorithm>

#include "Lifetime.hpp"

namespace tutti::linkaudio {

bool Requesters::requested(const NodeId& peer, std::chrono::seconds ttl, HostTime now)
{
  if (until_.size() >= kMost && !until_.contains(peer)) return false;
  until_[peer] = endOf(ttl, now);
  return true;
}

void Requesters::keep(const std::function<bool(const NodeId&)>& isThere)
{
  std::erase_if(until_, [&](const auto& requester) { return !isThere(requester.first); });
}

void Requesters::advance(HostTime now)
{
  std::erase_if(until_, [&](const auto& requester) { return now >= requester.second; });
}

std::optional<HostTime> Requesters::nextDeadline() const
{
  const auto first =
    std::ranges::min_element(until_, {}, [](const auto& requester) { return requester.second; });
  if (first == until_.end()) return std::nullopt;
  return first->second;
}

} // namespace tutti::linkaudio
