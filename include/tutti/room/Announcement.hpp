#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/Invitation.hpp>

namespace tutti::room {

/// "Here is a room", as a host says it to everybody in the LAN, twice a second. It tells where and whom to
/// trust, and nothing secret.
///
///     "tutti room" version port(16) fingerprint(32) room-id(16) kind locked members(16) name
///
/// Where the host is, is where the datagram came from.
struct Announcement {
  static constexpr std::uint16_t kPort = 20811;
  static Endpoint group() { return {IpAddress::v4({239, 255, 84, 85}), kPort}; }

  std::uint16_t httpPort = 0;
  Fingerprint fingerprint{};
  RoomId id;
  wire::RoomKind kind = wire::RoomKind::invited;
  bool isLocked = false;
  std::uint16_t members = 0;
  std::string name;

  [[nodiscard]] ByteString encode() const;
  /// Errors: `malformed`; `unsupported` for another version.
  static Result<Announcement> parse(std::span<const std::byte> datagram);

  friend bool operator==(const Announcement&, const Announcement&) = default;
};

} // namespace tutti::room
