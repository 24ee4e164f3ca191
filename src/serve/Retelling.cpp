#include "Retelling.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "Leases.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;

constexpr auto kTellMembers = kLease / 5; // in the rhythm of polls, which come every 5 s at least
constexpr auto kTellRooms = 30min;        // a store forgets them after eight hours

void tellMembers(const KnownRoom& room, std::vector<Told>& all)
{
  for (const auto& [to, member] : room.members) {
    all.push_back({member.fact(room.record.id), member.isOurs});
    for (const auto& [from, lying] : member.letters)
      if (!lying.isFetched)
        all.push_back({LetterFact{lying.said, room.record.id, {from, to, lying.body}}, true});
  }
}

} // namespace

void tellAgain(RoomBook& book, HostTime now)
{
  auto& gossip = book.gossip();
  for (auto& [id, room] : book.rooms()) {
    const bool isPlayed = room.isPlayedHere();
    if (isPlayed && room.forwarder != 0 && now - room.stageToldAt >= kTellMembers) {
      room.stageToldAt = now;
      gossip.tell(room.stage());
    }
    if ((!room.isKept && !isPlayed) || now - room.toldAt < kTellRooms) continue;
    room.toldAt = now;
    gossip.tell(room.fact());
    for (const auto& order : room.orders) gossip.tell(OrderFact{gossip.stamp(), id, order});
  }
}

void tellOfPoll(RoomBook& book, const KnownRoom& room, KnownMember& member, HostTime now)
{
  if (!book.gossip().isShared()) return;
  const bool isNewHere = !std::exchange(member.isOurs, true);
  if (isNewHere || now - member.toldAt >= kTellMembers) book.tell(room, member, now);
}

std::vector<Told> everything(RoomBook& book)
{
  std::vector<Told> all;
  auto& gossip = book.gossip();
  if (const auto own = book.forwarders().own()) all.push_back({*own, true});
  for (const auto& [id, room] : book.rooms()) {
    all.push_back({room.fact(), gossip.isOurs(room.said)});
    if (room.forwarder != 0) all.push_back({room.stage(), gossip.isOurs(room.staged)});
    for (const auto& order : room.orders) all.push_back({OrderFact{gossip.stamp(), id, order}, true});
    tellMembers(room, all);
  }
  return all;
}

void extendLeases(RoomBook& book, HostTime now)
{
  for (auto& [id, room] : book.rooms())
    for (auto& [memberId, member] : room.members)
      if (!member.isOurs) member.leaseUntil = std::max(member.leaseUntil, now + kLease);
  book.forwarders().extend(now);
}

} // namespace tutti::serve
