#pragma once

#include <optional>
#include <span>

#include <tutti/core/Datagram.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/discovery/Message.hpp>
#include <tutti/link/Bridging.hpp>
#include <tutti/link/StartStop.hpp>
#include <tutti/time/Timeline.hpp>

namespace tutti::link {

/// What a node says of itself in Alive and Response. Tempi and times are kept as they were said (so that
/// equal states compare equal); they are clamped where they are used.
///
/// Spec: link 2.6.
struct PeerState {
  NodeId session;
  time::SessionTimeline timeline;
  SessionStartStop startStop;
  Endpoint measurement;          ///< mep4 or mep6, by the family of its address.
  std::optional<Endpoint> audio; ///< aep4 or aep6.
  std::optional<Marker> marker;  ///< tutx: a bridge speaks for the sender. Spec: bridge B-6.

  friend bool operator==(const PeerState&, const PeerState&) = default;
};

/// Reads the payload of a discovery message. Nothing for a torn payload, a missing timeline, session or
/// endpoint, or a value that no sane program says.
std::optional<PeerState> parsePeerState(std::span<const std::byte> payload);

/// A whole Alive or Response.
Datagram encodeState(discovery::MessageType type, std::chrono::seconds ttl, const NodeId& sender,
                     const PeerState& state);

Datagram encodeByeBye(const NodeId& sender);

} // namespace tutti::link
