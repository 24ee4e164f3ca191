#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <tutti/core/Endpoint.hpp>
#include <tutti/time/HostClock.hpp>

#include "TurnWish.hpp"

namespace tutti::app {

/// What `tutti serve` was asked for.
struct ServeOptions {
  bool isJson = false;
  std::optional<IpAddress> listen;
  std::uint16_t httpPort = 7885;
  std::uint16_t udpPort = 7885;
  std::string room;       ///< empty: none of its own
  std::string password;   ///< of that room
  bool isOpen = false;    ///< that room is for everybody
  std::string inviteFile; ///< keeps that room's invitation over restarts
  std::string state;      ///< where the server's key lives
  std::optional<Micros> duration;
  bool isAnnounced = true;
  TurnWish turn;
  std::string sessionUser;     ///< of the older session API; empty: there is none
  std::string sessionPassword; ///< from the environment only
};

} // namespace tutti::app
