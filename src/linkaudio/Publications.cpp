#include "Publications.hpp"

#include <algorithm>

#include "Name.hpp"

namespace tutti::linkaudio {

bool Publications::add(const ChannelId& id, std::string_view name)
{
  if (offered_.size() >= kMost || contains(id)) return false;
  offered_.push_back({cutName(name), id});
  requesters_[id];
  wasWanted_[id] = false;
  return true;
}

bool Publications::rename(const ChannelId& id, std::string_view name)
{
  const auto found = std::ranges::find(offered_, id, &OfferedChannel::id);
  if (found == offered_.end()) return false;
  found->name = cutName(name);
  return true;
}

bool Publications::remove(const ChannelId& id)
{
  wasWanted_.erase(id);
  std::erase_if(offered_, [&](const auto& channel) { return channel.id == id; });
  return requesters_.erase(id) > 0;
}

std::vector<ChannelId> Publications::ids() const
{
  std::vector<ChannelId> ids;
  for (const auto& channel : offered_) ids.push_back(channel.id);
  return ids;
}

bool Publications::isWanted(const ChannelId& id) const
{
  const auto found = requesters_.find(id);
  return found != requesters_.end() && !found->second.empty();
}

void Publications::keep(const std::function<bool(const NodeId&)>& isThere)
{
  for (auto& [id, requesters] : requesters_) requesters.keep(isThere);
}

void Publications::advance(HostTime now)
{
  for (auto& [id, requesters] : requesters_) requesters.advance(now);
}

std::optional<HostTime> Publications::nextDeadline() const
{
  std::optional<HostTime> earliest;
  for (const auto& [id, requesters] : requesters_) {
    const auto due = requesters.nextDeadline();
    if (due && (!earliest || *due < *earliest)) earliest = due;
  }
  return earliest;
}

std::vector<Publications::Turn> Publications::takeTurns()
{
  std::vector<Turn> turns;
  for (auto& [id, was] : wasWanted_) {
    if (was == isWanted(id)) continue;
    was = !was;
    turns.push_back({id, was});
  }
  return turns;
}

} // namespace tutti::linkaudio
