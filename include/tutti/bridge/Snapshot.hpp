#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutti/bridge/Site.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/room/ClockSync.hpp>
#include <tutti/room/MemberId.hpp>
#include <tutti/room/Path.hpp>
#include <tutti/time/HostClock.hpp>
#include <tutti/time/Tempo.hpp>

/// What there is to see of a bridge: plain values, copied out.
namespace tutti::bridge {

/// Another site.
struct SiteSnapshot {
  room::MemberId member;
  std::string name;
  std::optional<room::PathKind> path; ///< none: out of reach
  std::optional<Micros> roundTrip;
  std::optional<room::ClockSync::Relation> clock; ///< its machine's to ours
  std::size_t linkPeers = 0;                      ///< programs there in its session, its bridge counted
  bool isInSession = false;                       ///< in ours
  bool isReference = false;                       ///< its clock is everybody's
  bool isOnOurLan = false;
  std::optional<Micros> phaseError; ///< the session's clock there minus ours, as far as we can know
};

/// How far the session's clock here was from the one that it follows; or, where everybody follows ours, from
/// the one that was farthest.
struct PhasePoint {
  HostTime at{};
  Micros error{0};
  Micros likely{0}; ///< how far that figure is likely to be off
  Micros bound{0};  ///< and never is by more
};

/// A sentence for the musician. `number` counts up, so that a reader can tell what is new.
struct Told {
  std::uint64_t number = 0;
  HostTime at{};
  std::string text;
};

struct Snapshot {
  HostTime at{};
  NodeId session;
  time::Tempo tempo;
  bool isPlaying = false;
  std::size_t peersHere = 0;  ///< Link programs on this LAN in the session, this one not counted
  std::size_t peersTotal = 0; ///< everywhere, this one not counted
  bool isReference = false;   ///< our clock is everybody's
  bool leads = false;         ///< we speak here for those elsewhere
  Micros shift{0};            ///< how much later the session's clock stands on our LAN
  Rights rights;
  std::vector<SiteSnapshot> sites; ///< by name
  std::vector<PhasePoint> phases;  ///< one a second, oldest first, the last two minutes
  std::vector<Told> notices;       ///< oldest first, the last few
};

} // namespace tutti::bridge
