#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/link/StartStop.hpp>
#include <tutti/time/HostClock.hpp>
#include <tutti/time/Timeline.hpp>

/// What a bridge sees of the LAN through its Link peer, and what it asks of it.
///
/// Spec: bridge B-1 to B-13.
namespace tutti::link {

/// Ends every announcement that is made for a distant peer: by whose doing it is there. Spec: bridge B-6.
using Marker = std::array<std::byte, 8>;

/// A session as those who are in it hold it.
struct SharedSession {
  NodeId id;
  time::SessionTimeline timeline;
  SessionStartStop startStop;
  Micros offset{0}; ///< session time minus this machine's host time

  friend bool operator==(const SharedSession&, const SharedSession&) = default;
};

/// One peer, as it was last heard on any of our addresses.
struct LanPeer {
  NodeId id;
  NodeId session;
  IpAddress address;
  HostTime lastHeard{};
  std::optional<Marker> marker; ///< Somebody's bridge speaks for it.
};

/// Who said what nobody could ever change again, and was not believed. Spec: bridge B-13.
struct Poisoner {
  NodeId id;
  IpAddress address;
  std::uint64_t times = 0;
};

struct LanView {
  NodeId node;
  SharedSession session;
  std::vector<LanPeer> peers; ///< each once, by id
  std::optional<Poisoner> poisoner;
};

/// From now on the peer has an id that comes before all others, so that those around measure it and not each
/// other; and it does nothing of what follows unasked.
struct BeginBridging {
  Marker marker{};
};
/// It is an ordinary peer again. Proxies say goodbye, unless another bridge goes on speaking for them.
struct EndBridging {
  bool isFollowed = false;
};

/// Be in this session; announced only after everything about it holds. `counted` as in `SpeakFor`.
struct AdoptSession {
  SharedSession session;
  std::vector<NodeId> counted;
};

/// The same session says this somewhere else. It counts by Link's rule: the later beat origin, the newer
/// decision.
struct OfferState {
  time::SessionTimeline timeline;
  SessionStartStop startStop;
};

/// The session's clock is known to stand so; gone to at 200 ppm, at once if it is more than 5 ms away.
struct SteerClock {
  Micros offset{0};
};

/// Where the clock of the session comes from.
enum class ClockSource {
  peers,   ///< measured by Link's rules, as every peer does
  founder, ///< the founder, heard here, every two seconds
  bridge,  ///< `SteerClock` alone; without it, it runs on
};
struct UseClock {
  ClockSource source = ClockSource::peers;
};

/// Who else is in our session, elsewhere (`counted`), and for whom of them to speak here (`announced`).
/// Whoever is announced no more gets a goodbye, but for those who can be heard, or will be spoken for by
/// another.
struct SpeakFor {
  std::vector<NodeId> counted;
  std::vector<NodeId> announced;
  std::vector<NodeId> withoutGoodbye;
};

using BridgeOrder =
  std::variant<BeginBridging, AdoptSession, OfferState, SteerClock, UseClock, SpeakFor, EndBridging>;

/// Whether a timeline of our session leaves others a chance: a change made at `now` has a later beat origin.
/// Spec: bridge B-13.
constexpr bool canBeOverruled(const time::SessionTimeline& said, const time::SessionTimeline& current,
                              SessionTime now)
{
  using namespace std::chrono_literals;
  return said.beatOrigin <=
         std::max(current.beatOrigin + time::Beats::fromMicroBeats(1), current.toBeats(now + 2s));
}

/// The same for a decision to start or stop. Spec: bridge B-13.
constexpr bool canBeOverruled(const SessionStartStop& said, SessionTime now)
{
  using namespace std::chrono_literals;
  return said.timestamp <= now + 1s;
}

} // namespace tutti::link
