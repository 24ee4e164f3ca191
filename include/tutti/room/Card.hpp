#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/room/MemberKeys.hpp>
#include <tutti/room/Secret.hpp>

namespace tutti::room {

/// What a member tells the others about itself: who it is, its public keys, where it may be reached.
///
/// It goes through the directory, which can withhold it but neither make nor change one: it carries an HMAC
/// by the room's secret. No other member can make or change it either: the id is the hash of the keys, and
/// the card is signed with them. `edition` counts up, so that an old card is known as such.
///
/// Spec: room R-2, R-14 (at most eight candidates).
struct Card {
  static constexpr std::size_t kLongestName = 64;
  static constexpr std::size_t kMostCandidates = 8;
  static constexpr std::size_t kLargest = 640;

  MemberId id;
  SignPublic sign{};
  BoxPublic box{};
  std::uint32_t edition = 1;
  std::string name;
  std::string instrument;
  std::vector<Endpoint> candidates;
  std::uint8_t relayed = 0; ///< so many of them, the last ones, are relays that forward to it

  [[nodiscard]] std::span<const Endpoint> relays() const
  {
    return std::span{candidates}.last(std::min<std::size_t>(relayed, candidates.size()));
  }

  /// Names are cut at `kLongestName` bytes, candidates beyond the eighth left out.
  [[nodiscard]] ByteString encode(const Secret& secret, const MemberKeys& owner) const;

  /// Errors: `malformed`; `refused` if its writer does not know the secret, or is not its owner.
  static Result<Card> parse(std::span<const std::byte> bytes, const Secret& secret);
  /// The same for a directory, which does not know the secret: it is its owner's, but maybe of no member.
  static Result<Card> parseAsStranger(std::span<const std::byte> bytes);

  friend bool operator==(const Card&, const Card&) = default;
};

} // namespace tutti::room
