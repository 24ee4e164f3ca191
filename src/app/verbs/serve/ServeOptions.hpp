#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <tutti/core/Endpoint.hpp>
#include <tutti/room/Knock.hpp>
#include <tutti/time/HostClock.hpp>

#include "StoreWish.hpp"
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
  bool isAtHome = false;                       ///< behind a router, which is asked to let others in
  std::optional<room::ServerAddress> testedBy; ///< who tries whether it does; else who is in the settings
  TurnWish turn;
  StoreWish store;
  std::string sessionUser;     ///< of the older session API; empty: there is none
  std::string sessionPassword; ///< from the environment only
};

} // namespace tutti::app
