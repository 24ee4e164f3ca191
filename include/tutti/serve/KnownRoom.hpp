#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/Order.hpp>
#include <tutti/serve/Fact.hpp>
#include <tutti/time/HostClock.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::serve {

/// Somebody in a room, as a directory knows them: a pass, a slot, a card as it came, and letters that it
/// cannot read.
struct KnownMember {
  static constexpr time::TokenBucket::Limits kPosts{.atOnce = 20, .perSecond = 20};
  struct Lying {
    Stamp said;
    ByteString body;
    bool isFetched = false;
  };

  room::MemberId id;
  std::string pass;
  std::string user;
  std::string password; ///< of its checks
  std::uint16_t slot = 0;
  ByteString card;
  HostTime leaseUntil{};
  std::map<room::MemberId, Lying> letters; ///< by their writers
  time::TokenBucket posts{kPosts, HostTime{}};
  std::uint64_t polls = 0; ///< that came here; what still waits of an earlier one, nobody reads
  // Where there are several directories:
  Stamp said;
  Stamp joined;
  Stamp carded;
  bool isOurs = true; ///< it has asked us last
  HostTime toldAt{};
  std::vector<room::wire::RoundTrip> roundTrips;

  /// Whose lease is for who places it.
  static KnownMember of(const MemberFact& fact);
  [[nodiscard]] MemberFact fact(const room::RoomId& room) const;
  [[nodiscard]] bool hasMail() const;
};

/// A room as a directory knows it: who is in it, what lies there for them, and what its host has decided.
///
/// Whoever changes it says so (`RoomBook::touch`).
struct KnownRoom {
  /// What its token is made of: 128 bits by lot, or a password, at which somebody may guess.
  enum class Token { byLot, ofPassword };

  room::wire::RoomRecord record;
  std::string tokenHash;
  bool isKept = false;
  std::uint64_t number = 0; ///< the smaller, the earlier it was opened
  IpAddress openedFrom;     ///< unless it is kept
  HostTime emptySince{};
  bool isUnused = false; ///< a guest has opened it here, and nobody has come yet
  std::uint64_t revision = 1;
  std::uint16_t lastSlot = 0;
  std::map<room::MemberId, KnownMember> members;
  room::Authority authority;
  std::vector<ByteString> orders;
  std::string news; ///< as everybody is told them for whom no letter lies here; empty: not written yet
  // Where there are several directories:
  Stamp said;
  Stamp staged;
  std::uint64_t forwarder = 0;
  HostTime stagedAt{};
  HostTime stageToldAt{};
  HostTime toldAt{};

  KnownRoom(const room::wire::RoomRecord& described, std::string token);

  [[nodiscard]] RoomFact fact() const;
  [[nodiscard]] StageFact stage() const { return {staged, record.id, forwarder}; }
  [[nodiscard]] Token token() const;
  [[nodiscard]] bool isOpenedBy(const std::string& hash) const;
  [[nodiscard]] bool isPlayedHere() const; ///< by members that have asked us last

  /// `wanted`, or the next one that nobody has.
  std::uint16_t freeSlot(std::uint16_t wanted);
  [[nodiscard]] KnownMember* memberWith(const room::MemberId& id, const std::string& pass);
  /// What one of its members is told; letters are fetched by that.
  [[nodiscard]] room::wire::Update updateFor(KnownMember& member) const;
  /// What everybody is told, in a number that is the same at each directory. Never 0: that is how members say
  /// that they know nothing yet.
  [[nodiscard]] std::uint64_t digest(const std::vector<room::wire::RoomForwarder>& forwarders) const;
  /// False: there is nobody to read it; or, where rooms are shared and words come late, it is known.
  bool put(const room::wire::Letter& letter, const Stamp& at, bool isShared);

  /// What is said of it by who has more to say than whoever opened it: all that know its token could.
  /// True: it has another host now.
  bool describe(const room::wire::RoomRecord& by);
  /// Errors: as of `room::Authority`.
  Result<room::Order> obey(const ByteString& order);
  /// In whatever order they come: they count in the order of their numbers. False: nothing new, or older than
  /// all that are remembered.
  bool hearOrder(const ByteString& order);
  [[nodiscard]] std::vector<room::MemberId> kicked() const; ///< and still in it

private:
  void settle();
};

} // namespace tutti::serve
