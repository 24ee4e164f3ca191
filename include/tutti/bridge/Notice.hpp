#pragma once

#include <optional>
#include <string>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/room/MemberId.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::bridge {

/// Something about the bridge that a musician would want to know.
struct Notice {
  enum class What {
    siteJoined,       ///< `member`'s site is in our session
    siteLeft,         ///< and is not any more
    sessionJoined,    ///< our site went over to the session of `member`'s
    pressPlay,        ///< they play; we do not start by ourselves (B-14)
    clockStepped,     ///< by `distance` at once, so everyone heard it (B-3)
    tempoRefused,     ///< somebody here turned the tempo, which this site may not (B-15)
    startStopRefused, ///< somebody here started or stopped, which this site may not (B-15)
    poisonedHere,     ///< `peer` at `address` said what nobody could ever change again (B-13)
    poisonedThere,    ///< `member`'s site did
    nowLeading,       ///< another bridge on this LAN fell silent; we speak (B-8)
    nowSilent,        ///< another bridge on this LAN speaks; we listen (B-8)
  };
  What what = What::siteJoined;
  std::optional<room::MemberId> member{};
  std::optional<NodeId> peer{};
  std::optional<IpAddress> address{};
  Micros distance{0};
};

/// One sentence. `name` is what the room calls `member`.
std::string sentence(const Notice& notice, const std::string& name);

} // namespace tutti::bridge
