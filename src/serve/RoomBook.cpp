// How members come and go, and who hears of it. How rooms do: RoomBookRooms.cpp.
#include <tutti/serve/RoomBook.hpp>

#include <algorithm>

namespace tutti::serve {

using namespace room::wire;

KnownMember& RoomBook::admit(KnownRoom& room, KnownMember member)
{
  changes_.emplace_back(Admission{room.record.id, member.slot, member.user, member.password});
  const auto id = member.id;
  auto& placed = room.members.insert_or_assign(id, std::move(member)).first->second;
  room.isUnused = false;
  touch(room);
  return placed;
}

void RoomBook::letGo(KnownRoom& room, const room::MemberId& id, HostTime now)
{
  const auto& joined = room.members.at(id).joined;
  if (gossip_.isShared()) {
    gossip_.rememberGone({room.record.id, id}, joined, now);
    gossip_.tell(GoneFact{gossip_.stamp(), joined, room.record.id, id});
  }
  remove(room, id, now);
}

void RoomBook::remove(KnownRoom& room, const room::MemberId& id, HostTime now)
{
  const auto found = room.members.find(id);
  if (found == room.members.end()) return;
  changes_.emplace_back(Dismissal{found->second.user});
  room.members.erase(found);
  room.emptySince = std::max(room.emptySince, now);
  touch(room);
}

void RoomBook::removeKicked(KnownRoom& room, HostTime now)
{
  for (const auto& id : room.kicked()) remove(room, id, now);
}

void RoomBook::expire(HostTime now)
{
  for (auto& [id, room] : rooms_) expire(room, now);
}

/// Those who ask another directory are let go by that one; we forget them when we hear nothing of them. While
/// we hear no other directory, they stay.
void RoomBook::expire(KnownRoom& room, HostTime now)
{
  std::vector<room::MemberId> over;
  for (const auto& [id, member] : room.members)
    if (member.leaseUntil <= now && (member.isOurs || !gossip_.isAlone())) over.push_back(id);
  for (const auto& id : over) room.members.at(id).isOurs ? letGo(room, id, now) : remove(room, id, now);
}

void RoomBook::deliver(KnownRoom& room, const Letter& letter, const Stamp& said)
{
  if (room.put(letter, said, gossip_.isShared())) news_.insert(room.record.id);
}

void RoomBook::setStage(KnownRoom& room, std::uint64_t forwarder, HostTime now)
{
  room.forwarder = forwarder;
  room.staged = gossip_.stamp();
  room.stagedAt = now;
  gossip_.tell(room.stage());
  touch(room);
}

void RoomBook::tell(KnownRoom& room)
{
  room.said = gossip_.stamp();
  gossip_.tell(room.fact());
}

void RoomBook::tell(const KnownRoom& room, KnownMember& member, HostTime now)
{
  member.said = gossip_.stamp();
  member.toldAt = now;
  gossip_.tell(member.fact(room.record.id));
}

void RoomBook::touch(KnownRoom& room)
{
  room.record.members = room.members.size();
  room.news.clear();
  // The same everywhere for the same room, so that a member may ask on at another directory
  room.revision = gossip_.isShared() ? room.digest(forwarders_.around(room.forwarder)) : room.revision + 1;
  news_.insert(room.record.id);
}

void RoomBook::touchAll()
{
  for (auto& [id, room] : rooms_) touch(room);
}

Update RoomBook::updateFor(const KnownRoom& room, KnownMember& member) const
{
  auto update = room.updateFor(member);
  update.forwarders = forwarders_.around(room.forwarder);
  return update;
}

/// Whenever somebody comes in, all others of the room are told: written once for all.
std::string RoomBook::newsFor(KnownRoom& room, KnownMember& member) const
{
  if (member.hasMail()) return updateFor(room, member).encode();
  if (room.news.empty()) room.news = updateFor(room, member).encode();
  return room.news;
}

} // namespace tutti::serve
