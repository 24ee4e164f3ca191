#include "TurnReasons.hpp"

#include <fmt/format.h>

namespace tutti::net::turn {

Error whyNoRelay(int code, const Endpoint& server)
{
  const auto who = server.text();
  switch (code) {
  case 401:
  case 441:
    return {ErrorKind::unauthorized, fmt::format("The relay {} does not know this user or password.", who)};
  case 403:
    return {ErrorKind::refused, fmt::format("The relay {} does not serve this user or network.", who)};
  case 437:
    return {ErrorKind::unavailable, fmt::format("The relay {} has to let go of an older connection of "
                                                "this machine first.",
                                                who)};
  case 438:
    return {ErrorKind::unavailable, fmt::format("The relay {} never accepts its own nonce.", who)};
  case 440:
  case 442:
    return {ErrorKind::unsupported, fmt::format("The relay {} does not forward this kind of packets.", who)};
  case 486:
    return {ErrorKind::refused, fmt::format("This user has too many connections at the relay {}.", who)};
  case 508:
    return {ErrorKind::unavailable, fmt::format("The relay {} is full.", who)};
  default:
    return {ErrorKind::unavailable, fmt::format("The relay {} refuses (error {}).", who, code)};
  }
}

Error whyNotThisPeer(int code)
{
  if (code == 443) return {ErrorKind::unsupported, "The relay cannot mix IPv4 and IPv6."};
  return {ErrorKind::refused, "The relay's owner forbids packets to this address."};
}

Error credentialsEnd()
{
  return {ErrorKind::unavailable, "The relay's credentials end: it is changed for another."};
}

Error silent(const Endpoint& server)
{
  return {ErrorKind::unavailable, fmt::format("The relay {} does not answer.", server.text())};
}

} // namespace tutti::net::turn
