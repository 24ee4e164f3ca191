#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/link/Estimate.hpp>
#include <tutti/time/HostClock.hpp>
#include <tutti/time/Tempo.hpp>

/// What a musician or a developer may want to see of the Link session: plain values, copied out.
namespace tutti::link {

/// Another Link program, heard on one or more of our addresses.
struct PeerStatus {
  NodeId id;
  NodeId session;
  bool isInOurSession = false;
  std::vector<Endpoint> heardFrom; ///< Sorted, IPv4 first.
  time::Tempo tempo;               ///< What it last said.
  HostTime lastHeard{};
  std::optional<Micros> phaseError; ///< Its session time minus ours at the same moment; none until probed.
  std::optional<Micros> spread;     ///< How uncertain that figure is.
  std::optional<HostTime> measuredAt;
};

/// A local address on which we take part.
struct GatewayStatus {
  std::string interfaceName;
  IpAddress address;
  bool isOpen = false;
  std::string problem; ///< Why not, for musicians; empty when open.
};

/// Something that happened, in order. `number` counts up, so that a reader can tell what is new.
struct Change {
  enum class Kind {
    enabled,
    disabled,
    tempo, ///< bpm from `before` to `after`
    started,
    stopped,
    peerJoined,
    peerLeft,      ///< peers from `before` to `after`
    sessionJoined, ///< we went over to an older session
  };
  std::uint64_t number = 0;
  HostTime at{};
  Kind kind = Kind::enabled;
  double before = 0;
  double after = 0;
  std::optional<IpAddress> by; ///< Whose doing it was; none: ours.
};

/// One point of the sync-quality plot: a finished measurement of a peer in our session.
struct SyncPoint {
  HostTime at{};
  Micros phaseError{0};
  Micros spread{0};
};

/// Datagrams that were not acted upon, by reason. Spec: link 2.5, 3.2.
struct Refusals {
  std::uint64_t notLink = 0; ///< No magic, or too short.
  std::uint64_t wrongVersionOrGroup = 0;
  std::uint64_t unknownType = 0;
  std::uint64_t ownEcho = 0;
  std::uint64_t malformedState = 0;     ///< Entries that do not parse, are missing or out of range.
  std::uint64_t foreignMeasurement = 0; ///< A measurement endpoint that is not the sender's own address.
  std::uint64_t offLink = 0;            ///< From outside the gateway's subnet.
  std::uint64_t tooMany = 0;            ///< Over the answers that one source may ask for.
  std::uint64_t unaskedPong = 0;
  std::uint64_t peerTableFull = 0;
  std::uint64_t overtaken = 0;    ///< Older than what the same peer said before.
  std::uint64_t foreignVoice = 0; ///< In a peer's name, but not from where it speaks; or its second address.
  std::uint64_t implausible = 0;  ///< Origins or decisions so far off that they could never be changed again.

  [[nodiscard]] std::uint64_t total() const
  {
    return notLink + wrongVersionOrGroup + unknownType + malformedState + foreignMeasurement + offLink +
           tooMany + unaskedPong + peerTableFull + overtaken + foreignVoice + implausible;
  }
};

struct Status {
  HostTime at{};
  bool isEnabled = false;
  bool followsStartStop = false;
  NodeId node;
  NodeId session;
  std::size_t peerCount = 0;     ///< Peers in our session, ourselves not counted.
  std::vector<PeerStatus> peers; ///< Also those of other sessions.
  std::vector<GatewayStatus> gateways;
  Micros sessionOffset{0};            ///< Session time minus host time.
  std::optional<Estimate> estimate;   ///< How we know it; none for a founder, whose word is exact.
  std::vector<SyncPoint> syncHistory; ///< Oldest first, at most some minutes.
  std::vector<Change> changes;        ///< Oldest first, the last few.
  Refusals refusals;
};

} // namespace tutti::link
