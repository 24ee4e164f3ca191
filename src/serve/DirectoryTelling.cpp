// What a directory tells the others that share its rooms. What it hears of them: DirectorySharing.cpp.
#include <tutti/serve/Directory.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <sodium.h>
#include <string>
#include <utility>

#include "Leases.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;

constexpr auto kTellMembers = kLease / 3;
constexpr auto kTellRooms = 30min; // a store forgets them after eight hours
constexpr std::size_t kMostGone = 65'536;

} // namespace

void Directory::share(Sharing sharing, HostTime now)
{
  sharing_ = std::move(sharing);
  advanceForwarders(now);
}

/// Each directory counts slots from elsewhere, so that two of them seldom give away the same.
std::uint16_t Directory::firstSlotOf(const room::RoomId& room) const
{
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  const auto instance = std::to_string(sharing_->instance);
  crypto_generichash(digest.data(), digest.size(),
                     reinterpret_cast<const unsigned char*>(room.bytes().data()), room.bytes().size(),
                     reinterpret_cast<const unsigned char*>(instance.data()), instance.size());
  return static_cast<std::uint16_t>(digest[0] << 8U | digest[1]);
}

Stamp Directory::nextStamp()
{
  if (!sharing_) return {};
  return {++clock_, sharing_->instance};
}

void Directory::tell(Fact fact)
{
  if (sharing_) facts_.push_back(std::move(fact));
}

RoomFact Directory::factOf(const Room& room)
{
  return {room.said, room.number, room.record, room.tokenHash, room.isKept, room.openedFrom};
}

MemberFact Directory::factOf(const Room& room, const Member& member)
{
  return {member.said, member.joined,   member.carded, room.record.id, member.id,        member.pass,
          member.user, member.password, member.slot,   member.card,    member.roundTrips};
}

void Directory::tellRoom(Room& room)
{
  if (!sharing_) return;
  room.said = nextStamp();
  tell(factOf(room));
}

void Directory::tellClosed(const Room& room)
{
  tell(ClosedFact{nextStamp(), room.record.id});
}

void Directory::tellMember(const Room& room, Member& member, HostTime now)
{
  if (!sharing_) return;
  member.said = nextStamp();
  member.toldAt = now;
  tell(factOf(room, member));
}

void Directory::tellGone(const Room& room, const Member& member, HostTime now)
{
  if (!sharing_) return;
  rememberGone({room.record.id, member.id}, member.joined, now);
  tell(GoneFact{nextStamp(), member.joined, room.record.id, member.id});
}

void Directory::rememberGone(const Whom& whom, const Stamp& joined, HostTime now)
{
  if (gone_.size() >= kMostGone && !gone_.contains(whom)) return; // it may come back for a lease
  auto& gone = gone_[whom];
  gone = {std::max(gone.joined, joined), now + kRememberGone};
}

/// A member has asked us: the others hear of it a few times in each lease, and at once when it has asked
/// another one before.
void Directory::renewed(const Room& room, Member& member, const room::wire::MemberRequest& request,
                        HostTime now)
{
  if (!sharing_) return;
  const bool isNewHere = !std::exchange(member.isOurs, true);
  if (!request.roundTrips.empty()) member.roundTrips = request.roundTrips;
  if (isNewHere || now - member.toldAt >= kTellMembers) tellMember(room, member, now);
}

/// A room that somebody needs is not forgotten by the store; and where it is carried, all members must agree.
void Directory::tellAgain(HostTime now)
{
  const auto isOurs = [](const auto& entry) { return entry.second.isOurs; };
  for (auto& [id, room] : rooms_) {
    const bool isPlayed = std::ranges::any_of(room.members, isOurs);
    if (isPlayed && room.forwarder != 0 && now - room.stageToldAt >= kTellMembers) {
      room.stageToldAt = now;
      tell(StageFact{room.staged, id, room.forwarder});
    }
    if ((!room.isKept && !isPlayed) || now - room.toldAt < kTellRooms) continue;
    room.toldAt = now;
    tell(factOf(room));
    for (const auto& order : room.orders) tell(OrderFact{nextStamp(), id, order});
  }
}

std::vector<Fact> Directory::takeFacts()
{
  return std::exchange(facts_, {});
}

/// Rooms before what is in them.
std::vector<Directory::Told> Directory::everything()
{
  std::vector<Told> all;
  if (!sharing_) return all;
  const auto isOurs = [this](const Stamp& said) { return said.teller == sharing_->instance; };
  if (const auto own = forwarders_.find(sharing_->instance); own != forwarders_.end())
    all.push_back({factOf(own->second), true});
  for (const auto& [id, room] : rooms_) {
    all.push_back({factOf(room), isOurs(room.said)});
    if (room.forwarder != 0) all.push_back({StageFact{room.staged, id, room.forwarder}, isOurs(room.staged)});
    for (const auto& order : room.orders) all.push_back({OrderFact{nextStamp(), id, order}, true});
    for (const auto& [memberId, member] : room.members) {
      all.push_back({factOf(room, member), member.isOurs});
      for (const auto& [from, lying] : member.letters)
        if (!lying.isFetched) all.push_back({LetterFact{lying.said, id, {from, memberId, lying.body}}, true});
    }
  }
  return all;
}

void Directory::regainTouch(HostTime now)
{
  isAlone_ = false;
  for (auto& [id, room] : rooms_)
    for (auto& [memberId, member] : room.members)
      if (!member.isOurs) member.leaseUntil = std::max(member.leaseUntil, now + kLease);
  for (auto& [id, forwarding] : forwarders_)
    forwarding.leaseUntil = std::max(forwarding.leaseUntil, now + kForwarderLease);
}

} // namespace tutti::serve
