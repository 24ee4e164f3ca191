#include "Hearsay.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "Leases.hpp"

namespace tutti::serve {
namespace {

class Hearsay {
public:
  Hearsay(RoomBook& book, HostTime now)
    : book_{book}
    , now_{now}
  {}

  void hear(const RoomFact& fact)
  {
    if (auto* there = book_.find(fact.record.id)) return merge(*there, fact);
    KnownRoom room{fact.record, fact.tokenHash};
    room.isKept = fact.isKept;
    room.number = fact.opened;
    room.openedFrom = fact.openedFrom;
    room.emptySince = now_;
    room.said = fact.said;
    room.toldAt = now_;
    book_.add(std::move(room));
  }

  void hear(const ClosedFact& fact)
  {
    const auto* room = book_.find(fact.room);
    if (room != nullptr && room->members.empty() && !room->isKept && room->said < fact.said)
      book_.drop(fact.room, now_);
  }

  void hear(const OrderFact& fact)
  {
    auto* room = book_.find(fact.room);
    if (room == nullptr || !room->hearOrder(fact.order)) return;
    book_.removeKicked(*room, now_);
    book_.touch(*room);
  }

  void hear(const MemberFact& fact)
  {
    auto* room = book_.find(fact.room);
    if (room == nullptr) return; // it is said again
    if (book_.gossip().isGone({fact.room, fact.member}, fact.joined)) return;
    if (room->authority.isKicked(fact.member)) return;
    if (const auto there = room->members.find(fact.member); there != room->members.end()) {
      if (fact.joined < there->second.joined) return;
      if (fact.joined == there->second.joined) return renew(*room, there->second, fact);
    }
    if (makesWay(*room, fact)) place(*room, fact);
  }

  void hear(const GoneFact& fact)
  {
    book_.gossip().rememberGone({fact.room, fact.member}, fact.joined, now_);
    auto* room = book_.find(fact.room);
    if (room == nullptr) return;
    const auto there = room->members.find(fact.member);
    if (there != room->members.end() && there->second.joined <= fact.joined)
      book_.remove(*room, fact.member, now_);
  }

  void hear(const LetterFact& fact)
  {
    auto* room = book_.find(fact.room);
    if (room != nullptr && room->members.contains(fact.letter.from))
      book_.deliver(*room, fact.letter, fact.said);
  }

  void hear(const ForwarderFact& fact)
  {
    if (book_.forwarders().hear(fact, now_)) book_.touchAll();
  }

  void hear(const StageFact& fact)
  {
    auto* room = book_.find(fact.room);
    if (room == nullptr || fact.said <= room->staged) return;
    room->staged = fact.said;
    room->stagedAt = now_;
    room->forwarder = fact.forwarder;
    book_.touch(*room);
  }

private:
  /// One room that was opened with two secrets is that of who was first; hosts that had it made go before
  /// strangers.
  void merge(KnownRoom& there, const RoomFact& fact)
  {
    if (there.tokenHash != fact.tokenHash) {
      const auto rank = [](bool isKept, std::uint64_t opened, const std::string& tokenHash) {
        return std::tuple{!isKept, opened, tokenHash};
      };
      if (rank(there.isKept, there.number, there.tokenHash) < rank(fact.isKept, fact.opened, fact.tokenHash))
        return;
      book_.drop(fact.record.id, now_);
      return hear(fact);
    }
    there.number = std::min(there.number, fact.opened);
    // What the host of a server has said of its own room, no guest who knows the token says otherwise.
    if (std::pair{fact.isKept, fact.said} <= std::pair{there.isKept, there.said}) return;
    there.isKept = fact.isKept;
    there.said = fact.said;
    book_.describe(there, fact.record);
  }

  /// More about somebody whom we know. Its card may be newer than the rest, or older: they come by different
  /// connections, maybe of different directories.
  void renew(KnownRoom& room, KnownMember& there, const MemberFact& fact)
  {
    if (there.carded < fact.carded) {
      there.carded = fact.carded;
      there.card = fact.card;
      book_.touch(room);
    }
    if (fact.said <= there.said) return;
    there.said = fact.said;
    there.isOurs = false;
    there.leaseUntil = now_ + kLease;
    there.roundTrips = fact.roundTrips;
  }

  /// Two that were given the same slot at the same time: the one with the larger id joins once more.
  /// Everybody finds the same. False: there is no place.
  bool makesWay(KnownRoom& room, const MemberFact& fact)
  {
    const auto same = std::ranges::find_if(room.members, [&](const auto& entry) {
      return entry.second.slot == fact.slot && entry.first != fact.member;
    });
    const bool isInPlace = same != room.members.end() || room.members.contains(fact.member);
    if (!isInPlace && isFull(room)) return false;
    if (same != room.members.end()) {
      const auto id = same->first;
      if (id < fact.member) return false;
      same->second.isOurs ? book_.letGo(room, id, now_) : book_.remove(room, id, now_);
    }
    book_.remove(room, fact.member, now_); // an earlier join of the same
    return true;
  }

  [[nodiscard]] bool isFull(const KnownRoom& room) const
  {
    return room.members.size() >= RoomBook::kMostMembers || book_.members() >= RoomBook::kMostShared;
  }

  void place(KnownRoom& room, const MemberFact& fact)
  {
    auto member = KnownMember::of(fact);
    member.leaseUntil = now_ + kLease;
    book_.admit(room, std::move(member));
  }

  RoomBook& book_;
  HostTime now_;
};

} // namespace

void hearFact(RoomBook& book, const Fact& fact, HostTime now)
{
  std::visit(
    [&](const auto& said) {
      book.gossip().heard(said.said);
      Hearsay{book, now}.hear(said);
    },
    fact);
}

} // namespace tutti::serve
