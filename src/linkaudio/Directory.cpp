#include "Directory.hpp"

#include <algorithm>
#include <tuple>

#include "Lifetime.hpp"
#include "Name.hpp"

namespace tutti::linkaudio {

bool Directory::Record::looksLike(const Record& other) const
{
  return name == other.name && peer == other.peer && peerName == other.peerName && session == other.session;
}

void Directory::announced(const Way& by, const Announcement& announcement, std::chrono::seconds ttl,
                          HostTime now, Refusals& refusals)
{
  const auto peerName = readableName(announcement.peerName);
  for (const auto& channel : announcement.channels) {
    const Key key{channel.id, by.gateway};
    if (isForeign(channel.id, by.peer))
      ++refusals.foreignChannel;
    else if (!records_.contains(key) && counts_[by] >= kMostOfOnePeer)
      ++refusals.tooManyChannels;
    else
      put(key, {readableName(channel.name), by.peer, peerName, announcement.session, endOf(ttl, now)});
  }
}

bool Directory::isForeign(const ChannelId& id, const NodeId& peer) const
{
  const auto first = records_.lower_bound({id, IpAddress{}});
  return first != records_.end() && first->first.id == id && first->second.peer != peer;
}

bool Directory::isOf(const ChannelId& id, const NodeId& peer) const
{
  const auto first = records_.lower_bound({id, IpAddress{}});
  return first != records_.end() && first->first.id == id && first->second.peer == peer;
}

void Directory::put(const Key& key, Record record)
{
  due_ = std::min(due_.value_or(record.until), record.until);
  const auto [place, isNew] = records_.try_emplace(key);
  if (isNew) ++counts_[{record.peer, key.gateway}];
  hasChanged_ = hasChanged_ || isNew || !place->second.looksLike(record);
  place->second = std::move(record);
}

template <class Predicate> void Directory::dropIf(Predicate isOver)
{
  for (auto at = records_.begin(); at != records_.end();) {
    const auto record = at++;
    const Way way{record->second.peer, record->first.gateway};
    if (!isOver(way, record->second)) continue;
    if (--counts_[way] == 0) counts_.erase(way);
    records_.erase(record);
    hasChanged_ = true;
  }
  if (records_.empty()) due_.reset();
}

void Directory::left(const Way& by, const ChannelId& id)
{
  const auto found = records_.find({id, by.gateway});
  if (found == records_.end() || found->second.peer != by.peer) return;
  if (--counts_[by] == 0) counts_.erase(by);
  records_.erase(found);
  hasChanged_ = true;
  if (records_.empty()) due_.reset();
}

void Directory::keep(const Targets& targets)
{
  dropIf([&](const Way& way, const Record&) { return !targets.contains(way); });
}

void Directory::advance(HostTime now)
{
  if (!due_ || now < *due_) return;
  dropIf([&](const Way&, const Record& record) { return now >= record.until; });
  due_.reset();
  for (const auto& [key, record] : records_) due_ = std::min(due_.value_or(record.until), record.until);
}

std::vector<Channel> Directory::list(const NodeId& session) const
{
  std::vector<Channel> channels;
  for (const auto& [key, record] : records_) {
    if (record.session != session || (!channels.empty() && channels.back().id == key.id)) continue;
    channels.push_back({key.id, record.name, record.peer, record.peerName});
  }
  std::ranges::sort(channels, {}, [](const Channel& channel) {
    return std::tie(channel.peerName, channel.name, channel.id);
  });
  return channels;
}

std::optional<NodeId> Directory::publisher(const ChannelId& id, const NodeId& session) const
{
  for (auto at = records_.lower_bound({id, IpAddress{}}); at != records_.end() && at->first.id == id; ++at)
    if (at->second.session == session) return at->second.peer;
  return std::nullopt;
}

} // namespace tutti::linkaudio
