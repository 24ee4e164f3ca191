#include "PeerTable.hpp"

#include <algorithm>

namespace tutti::link {
namespace {

constexpr std::size_t kMostEntries = 1024;
constexpr std::size_t kMostOfOneSource = 256;

} // namespace

PeerTable::Sighting PeerTable::saw(const Key& key, const Entry& entry)
{
  const auto& state = entry.state;
  if (const auto same = entries_.find(key); same != entries_.end() && same->second.state == state) {
    // By far the most there is: somebody is still here and has nothing new to say.
    same->second.source = entry.source;
    same->second.lastHeard = entry.lastHeard;
    same->second.isPingable = entry.isPingable;
    return {};
  }
  Sighting sighting{false, true, true, true, std::nullopt};
  for (const auto& [known, other] : entries_) {
    if (other.state.session != state.session) continue;
    if (other.state.timeline == state.timeline) sighting.isNewTimeline = false;
    if (other.state.startStop == state.startStop) sighting.isNewStartStop = false;
    if (known.id == key.id) sighting.isMembershipChanged = false;
  }
  if (!entries_.contains(key)) {
    const auto room = makeRoomFor(entry.source);
    if (!room.isThere) return {true, false, false, false, std::nullopt};
    sighting.evicted = room.evicted;
  }
  auto& stored = entries_[key];
  const bool isStaying = stored.inSessionSince != HostTime{} && stored.state.session == entry.state.session;
  const auto since = isStaying ? stored.inSessionSince : entry.lastHeard;
  const bool wasMeasured = stored.isMeasured;
  stored = entry;
  stored.isMeasured = wasMeasured;
  stored.inSessionSince = since;
  return sighting;
}

PeerTable::Room PeerTable::makeRoomFor(const Endpoint& source)
{
  const auto isOfSource = [&](const Entry& entry) { return entry.source.address == source.address; };
  const auto ofSource = std::ranges::count_if(entries_, isOfSource, &Entries::value_type::second);
  if (static_cast<std::size_t>(ofSource) >= kMostOfOneSource) return evictOldestUnmeasured(isOfSource);
  if (entries_.size() >= kMostEntries) return evictOldestUnmeasured([](const Entry&) { return true; });
  return {};
}

PeerTable::Room PeerTable::evictOldestUnmeasured(const std::function<bool(const Entry&)>& isCandidate)
{
  auto oldest = entries_.end();
  for (auto at = entries_.begin(); at != entries_.end(); ++at) {
    if (at->second.isMeasured || !isCandidate(at->second)) continue;
    if (oldest == entries_.end() || at->second.lastHeard < oldest->second.lastHeard) oldest = at;
  }
  if (oldest == entries_.end()) return {false, std::nullopt};
  const Room room{true, oldest->first};
  entries_.erase(oldest);
  return room;
}

std::optional<PeerTable::Key> PeerTable::formerId(const Key& key, const Endpoint& source) const
{
  if (const auto* known = find(key); known != nullptr && known->source == source) return std::nullopt;
  for (const auto& [known, entry] : entries_)
    if (known.gateway == key.gateway && known.id != key.id && entry.source == source && !entry.state.marker)
      return known;
  return std::nullopt;
}

void PeerTable::removeGateway(const GatewayAddress& gateway)
{
  std::erase_if(entries_, [&](const auto& entry) { return entry.first.gateway == gateway; });
}

std::vector<PeerTable::Key> PeerTable::removeSession(const NodeId& session)
{
  std::vector<Key> members;
  for (const auto& [key, entry] : entries_)
    if (entry.state.session == session) members.push_back(key);
  for (const auto& key : members) entries_.erase(key);
  return members;
}

void PeerTable::adoptTimeline(const NodeId& session, const time::SessionTimeline& timeline)
{
  for (auto& [key, entry] : entries_)
    if (entry.state.session == session) entry.state.timeline = timeline;
}

void PeerTable::markMeasured(const NodeId& id)
{
  for (auto& [key, entry] : entries_)
    if (key.id == id) entry.isMeasured = true;
}

std::optional<PeerTable::Key> PeerTable::measurable(const NodeId& session) const
{
  std::optional<Key> first;
  for (const auto& [key, entry] : entries_) {
    if (entry.state.session != session || !entry.isPingable) continue;
    if (key.id == session) return key;
    if (!first) first = key;
  }
  return first;
}

std::set<NodeId> PeerTable::sessions() const
{
  std::set<NodeId> sessions;
  for (const auto& [key, entry] : entries_) sessions.insert(entry.state.session);
  return sessions;
}

std::set<NodeId> PeerTable::members(const NodeId& session) const
{
  std::set<NodeId> members;
  for (const auto& [key, entry] : entries_)
    if (entry.state.session == session) members.insert(key.id);
  return members;
}

std::size_t PeerTable::count(const NodeId& session) const
{
  std::size_t peers = 0;
  const NodeId* last = nullptr;
  for (const auto& [key, entry] : entries_) {
    if (entry.state.session != session || (last != nullptr && *last == key.id)) continue;
    last = &key.id;
    ++peers;
  }
  return peers;
}

const PeerTable::Entry* PeerTable::find(const Key& key) const
{
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

} // namespace tutti::link
