#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/room/DirectoryWire.hpp>

namespace tutti::serve {

/// When something was said, among all directories that share a store. Whoever has heard a word counts on from
/// it, so of two words about one thing the later one is larger, everywhere alike.
struct Stamp {
  static constexpr std::uint64_t kMost = std::uint64_t{1} << 62U; ///< larger counts are none

  std::uint64_t count = 0;
  std::uint64_t teller = 0; ///< the directory that said it
  friend constexpr auto operator<=>(const Stamp&, const Stamp&) = default;
};

/// There is this room.
struct RoomFact {
  Stamp said;
  std::uint64_t opened = 0; ///< of two rooms of one name, the older one is shown
  room::wire::RoomRecord record;
  std::string tokenHash;
  bool isKept = false;
  IpAddress openedFrom; ///< unless it is kept
};

/// An empty room has made place for another one.
struct ClosedFact {
  Stamp said;
  room::RoomId room;
};

/// What the host of a room has decided.
struct OrderFact {
  Stamp said;
  room::RoomId room;
  ByteString order;
};

/// A forwarder that is there, and where; it is said again and again.
struct ForwarderFact {
  Stamp said;
  std::uint64_t id = 0;
  std::vector<IpAddress> addresses;
  std::uint16_t port = 0;
};

/// Which forwarder carries a room.
struct StageFact {
  Stamp said;
  room::RoomId room;
  std::uint64_t forwarder = 0;
};

/// This member is in a room, and was heard just now; it is said again and again.
struct MemberFact {
  Stamp said;
  Stamp joined; ///< which of several joins of this member it is
  Stamp carded; ///< when its card came
  room::RoomId room;
  room::MemberId member;
  std::string pass;
  std::string user;
  std::string password;
  std::uint16_t slot = 0;
  ByteString card;
  std::vector<room::wire::RoundTrip> roundTrips;
};

/// A member that has joined then is not there any more.
struct GoneFact {
  Stamp said;
  Stamp joined;
  room::RoomId room;
  room::MemberId member;
};

/// One member has written to another.
struct LetterFact {
  Stamp said;
  room::RoomId room;
  room::wire::Letter letter;
};

/// What directories tell each other. Heard twice, or in another order, it comes to the same; what was not
/// heard at all is said again, or written anew by members.
using Fact =
  std::variant<RoomFact, ClosedFact, OrderFact, ForwarderFact, StageFact, MemberFact, GoneFact, LetterFact>;

/// A fact, and whether who says it is who knows it best.
struct Told {
  Fact fact;
  bool isOurs = false;
};

constexpr std::size_t kLargestFact = 4096; ///< as bytes

ByteString encodeFact(const Fact& fact);
/// Errors: `malformed`.
Result<Fact> parseFact(std::span<const std::byte> bytes);

/// How a store keeps a fact.
struct Shelf {
  std::string key;          ///< another fact about the same thing takes its place
  std::int64_t seconds = 0; ///< until it is forgotten; 0: at once, which ends what lay there
};
/// Nothing for what is told and not kept.
std::optional<Shelf> shelfOf(const Fact& fact);

} // namespace tutti::serve
