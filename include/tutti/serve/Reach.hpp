#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <tutti/core/Endpoint.hpp>
#include <tutti/room/Knock.hpp>

namespace tutti::serve {

/// Whether musicians elsewhere get to a room that is hosted at home, behind a router.
struct Reach {
  enum class State : std::uint8_t {
    asking,   ///< the router is being asked, or somebody elsewhere is about to try
    open,     ///< somebody elsewhere has got in
    untested, ///< it should be open; nobody has tried
    closed,
  };
  enum class Why : std::uint8_t {
    none,
    noRouter,      ///< this network leads nowhere
    silent,        ///< the router does not know how to open ports by itself
    denied,        ///< it is set up not to
    full,          ///< it has no port left
    noLine,        ///< it is not on the Internet now
    unfit,         ///< what it offers is of no use
    behindAnother, ///< it is behind another router, which nobody has asked
    blocked,       ///< it says that it has opened; what comes from outside does not arrive all the same
  };

  State state = State::asking;
  Why why = Why::none;             ///< it is closed
  std::optional<Endpoint> outside; ///< of the directory, TCP; where it is open, or should be
  std::uint16_t udpOutside = 0;    ///< of the forwarder
  std::uint16_t tcp = 0;           ///< the ports of this machine: what to open by hand
  std::uint16_t udp = 0;
  std::optional<IpAddress> own; ///< of this machine in its network: for whom to open them
  std::string testProblem;      ///< why the server that is known could not try; a sentence

  friend bool operator==(const Reach&, const Reach&) = default;
};

std::string_view nameOf(Reach::State state);
std::string_view nameOf(Reach::Why why);

/// How a room that is hosted at home is to be reached from elsewhere.
struct AtHome {
  std::optional<room::ServerAddress> testedBy; ///< who tries whether we are reached; nobody without
  std::function<void(const Reach&)> changed;   ///< called on a thread of ours
};

/// The invitation for those who are elsewhere, where there is a way in; else as it was.
room::Invitation forElsewhere(room::Invitation invitation, const Reach& reach);

} // namespace tutti::serve
