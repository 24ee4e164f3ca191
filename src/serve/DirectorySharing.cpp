// What a directory hears of the others that share its rooms. What it tells them: DirectoryTelling.cpp.
//
// Each fact says all about one thing, so hearing it twice, or after a newer one, changes nothing.
#include <tutti/serve/Directory.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

#include "Leases.hpp"

namespace tutti::serve {
namespace {

constexpr std::size_t kMostOrders = 256;

std::uint64_t numberOf(const ByteString& order)
{
  const auto parsed = room::Order::parseUnchecked(order);
  return parsed ? parsed->number : 0;
}

} // namespace

void Directory::apply(const Fact& fact, HostTime now)
{
  if (!sharing_) return;
  std::visit(
    [&](const auto& said) {
      clock_ = std::max(clock_, said.said.count);
      hear(said, now);
    },
    fact);
}

void Directory::hear(const RoomFact& fact, HostTime now)
{
  const auto found = rooms_.find(fact.record.id);
  if (found != rooms_.end()) return merge(found->second, fact, now);
  if (rooms_.size() >= kMostRoomsShared) return;
  auto room = made(fact.record, fact.tokenHash);
  room.isKept = fact.isKept;
  room.number = fact.opened;
  room.openedFrom = fact.openedFrom;
  room.emptySince = now;
  room.said = fact.said;
  room.toldAt = now;
  touch(rooms_.emplace(fact.record.id, std::move(room)).first->second);
}

/// One room that was opened with two secrets is that of who was first; hosts that had it made go before
/// strangers.
void Directory::merge(Room& there, const RoomFact& fact, HostTime now)
{
  if (there.tokenHash != fact.tokenHash) {
    const auto rank = [](bool isKept, std::uint64_t opened, const std::string& tokenHash) {
      return std::tuple{!isKept, opened, tokenHash};
    };
    if (rank(there.isKept, there.number, there.tokenHash) < rank(fact.isKept, fact.opened, fact.tokenHash))
      return;
    while (!there.members.empty()) remove(there, there.members.begin()->first, now);
    rooms_.erase(there.record.id);
    return hear(fact, now);
  }
  there.number = std::min(there.number, fact.opened);
  // What the host of a server has said of its own room, no guest who knows the token says otherwise.
  if (std::pair{fact.isKept, fact.said} <= std::pair{there.isKept, there.said}) return;
  there.isKept = fact.isKept;
  there.said = fact.said;
  describe(there, fact.record);
}

void Directory::hear(const ClosedFact& fact, HostTime)
{
  const auto found = rooms_.find(fact.room);
  if (found == rooms_.end()) return;
  const auto& room = found->second;
  if (room.members.empty() && !room.isKept && room.said < fact.said) rooms_.erase(found);
}

bool Directory::isOrderOf(const Room& room, const ByteString& order)
{
  if (!room.record.host) return false;
  const auto parsed = room::Order::parse(order, *room.record.host);
  return parsed && parsed->room == room.record.id;
}

/// Orders count in the order of their numbers, however they come.
void Directory::hear(const OrderFact& fact, HostTime now)
{
  const auto found = rooms_.find(fact.room);
  if (found == rooms_.end()) return;
  auto& room = found->second;
  if (std::ranges::find(room.orders, fact.order) != room.orders.end()) return;
  if (room.authority.hear(fact.order)) {
    room.orders.push_back(fact.order);
  } else {
    if (!isOrderOf(room, fact.order)) return;
    room.orders.push_back(fact.order);
    std::ranges::sort(room.orders, {}, [](const ByteString& one) { return std::pair{numberOf(one), one}; });
    room.authority = {room.record.id, room.record.host};
    std::erase_if(room.orders, [&room](const ByteString& one) { return !room.authority.hear(one); });
  }
  if (room.orders.size() > kMostOrders) room.orders.erase(room.orders.begin());
  room.record.isLocked = room.authority.isLocked();
  std::vector<room::MemberId> kicked;
  for (const auto& [id, member] : room.members)
    if (room.authority.isKicked(id)) kicked.push_back(id);
  for (const auto& id : kicked) remove(room, id, now);
  touch(room);
}

void Directory::hear(const MemberFact& fact, HostTime now)
{
  const auto found = rooms_.find(fact.room);
  if (found == rooms_.end()) return; // it is said again
  auto& room = found->second;
  const auto gone = gone_.find({fact.room, fact.member});
  if (gone != gone_.end() && fact.joined <= gone->second.joined) return;
  if (room.authority.isKicked(fact.member)) return;
  if (const auto there = room.members.find(fact.member); there != room.members.end()) {
    if (fact.joined < there->second.joined) return;
    if (fact.joined == there->second.joined) return take(room, there->second, fact, now);
  }
  if (makesWay(room, fact, now)) place(room, fact, now);
}

/// More about somebody whom we know. Its card may be newer than the rest, or older: they come by different
/// connections, maybe of different directories.
void Directory::take(Room& room, Member& there, const MemberFact& fact, HostTime now)
{
  if (there.carded < fact.carded) {
    there.carded = fact.carded;
    there.card = fact.card;
    touch(room);
  }
  if (fact.said <= there.said) return;
  there.said = fact.said;
  there.isOurs = false;
  there.leaseUntil = now + kLease;
  there.roundTrips = fact.roundTrips;
}

/// Two that were given the same slot at the same time: the one with the larger id joins once more. Everybody
/// finds the same. False: there is no place.
bool Directory::makesWay(Room& room, const MemberFact& fact, HostTime now)
{
  const auto same = std::ranges::find_if(room.members, [&](const auto& entry) {
    return entry.second.slot == fact.slot && entry.first != fact.member;
  });
  if (same != room.members.end()) {
    if (same->first < fact.member) return false;
    if (same->second.isOurs) tellGone(room, same->second, now);
    remove(room, same->first, now);
  }
  remove(room, fact.member, now); // an earlier join of the same
  return room.members.size() < kMostMembers && members() < kMostShared;
}

void Directory::place(Room& room, const MemberFact& fact, HostTime now)
{
  Member member;
  member.id = fact.member;
  member.pass = fact.pass;
  member.user = fact.user;
  member.password = fact.password;
  member.slot = fact.slot;
  member.card = fact.card;
  member.leaseUntil = now + kLease;
  member.said = fact.said;
  member.joined = fact.joined;
  member.carded = fact.carded;
  member.isOurs = false;
  member.roundTrips = fact.roundTrips;
  pending_.emplace_back(Admission{room.record.id, member.slot, member.user, member.password});
  room.members.emplace(fact.member, std::move(member));
  room.isUnused = false;
  touch(room);
}

void Directory::hear(const GoneFact& fact, HostTime now)
{
  rememberGone({fact.room, fact.member}, fact.joined, now);
  const auto found = rooms_.find(fact.room);
  if (found == rooms_.end()) return;
  const auto there = found->second.members.find(fact.member);
  if (there != found->second.members.end() && there->second.joined <= fact.joined)
    remove(found->second, fact.member, now);
}

void Directory::hear(const LetterFact& fact, HostTime)
{
  const auto found = rooms_.find(fact.room);
  if (found != rooms_.end() && found->second.members.contains(fact.letter.from))
    deliver(found->second, fact.letter, fact.said);
}

} // namespace tutti::serve
