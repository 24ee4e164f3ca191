#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/link/Bridging.hpp>
#include <tutti/room/ClockSync.hpp>
#include <tutti/room/MemberKeys.hpp>

/// What the bridges of a room tell each other, in the room's sealed control stream.
///
/// Each message says all there is, so that one that is lost, doubled or overtaken does no harm: the later
/// `saidAt` counts. It fits into one datagram.
///
///     state:    | 1 | 1 | said at 8 | node 8 | session 8 | offset 8 | tempo 8 | beat 8 | time 8 |
///               | playing 1 | beat 8 | decided 8 | shift 4 | flags 1 | winner 8 | n 1 | n losers of 8 |
///               | peers there are 2 | n 1 | n peers of 8 | signature 64
///     goodbye:  | 1 | 2 | said at 8 | signature 64
///
/// Spec: bridge B-3, B-8, B-11; room R-7.
namespace tutti::bridge {

/// Which of the sessions in the room it goes on in. Spec: bridge B-11.
struct Decision {
  static constexpr std::size_t kMostLosers = 8;

  NodeId winner;
  std::vector<NodeId> losers; ///< who is in one of these goes over; sorted

  [[nodiscard]] bool isAgainst(const NodeId& session) const;
  friend bool operator==(const Decision&, const Decision&) = default;
};

/// One site, by its own clock.
struct SiteState {
  static constexpr std::size_t kMostPeers = 96;

  room::RemoteTime saidAt;
  NodeId node;                 ///< the bridge's own on its LAN
  link::SharedSession session; ///< `offset`: to the sender's host time
  Micros shift{0};             ///< how much later the clock of this session stands on its LAN (B-11)
  bool leads = false;          ///< it speaks on its LAN for those elsewhere (B-8)
  Decision decision;
  std::uint16_t peerCount = 0; ///< as many are in the session there, the bridge not counted
  std::vector<NodeId> peers;   ///< the first of them: the founder, then by id

  friend bool operator==(const SiteState&, const SiteState&) = default;
};

/// The bridge there is switched off; its peers are not in the room's session any more.
struct Goodbye {
  room::RemoteTime saidAt;
  friend bool operator==(const Goodbye&, const Goodbye&) = default;
};

using Message = std::variant<SiteState, Goodbye>;

/// The largest there is, with its signature.
inline constexpr std::size_t kLargestMessage = 1000;

/// Without signature.
ByteString encode(const Message& message);
/// Errors: `malformed`, also for what no bridge says: tempi, origins and shifts out of bounds, lists too
/// long.
Result<Message> parse(std::span<const std::byte> bytes);

/// As it travels.
ByteString encodeSigned(const Message& message, const room::MemberKeys& author);
/// Checking a signature is work: hand over no more than some twenty a second of each member.
/// Errors: `malformed`; `refused` where somebody else has signed.
Result<Message> parseSigned(std::span<const std::byte> bytes, const room::SignPublic& author);

} // namespace tutti::bridge
