#pragma once

#include <optional>
#include <span>

#include <tutti/core/Datagram.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/discovery/Message.hpp>
#include <tutti/time/HostClock.hpp>

/// The datagrams by which one node reads another's session clock.
///
/// Spec: link 3.1, 3.2.
namespace tutti::link {

enum class MeasurementType : std::uint8_t { ping = 1, pong = 2 };

/// Type and payload of a measurement datagram.
struct MeasurementMessage {
  MeasurementType type = MeasurementType::ping;
  std::span<const std::byte> payload;
};
tl::expected<MeasurementMessage, discovery::MessageFault>
parseMeasurementMessage(std::span<const std::byte> datagram);

/// Asks for the session time; `previous` is what the last pong said.
Datagram encodePing(HostTime sentAt, std::optional<SessionTime> previous);

/// Answers with our session time, and the ping's payload as it came, unread.
Datagram encodePong(const NodeId& session, SessionTime now, std::span<const std::byte> pingPayload);

/// The largest ping payload that is answered.
inline constexpr std::size_t kLargestEcho = 32;

struct Pong {
  NodeId session;
  SessionTime answeredAt{};
  HostTime pingSentAt{};
  SessionTime previous{}; ///< Zero for a first ping.
};
std::optional<Pong> parsePong(std::span<const std::byte> payload);

} // namespace tutti::link
