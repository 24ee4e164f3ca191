#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/room/TurnUrl.hpp>

namespace tutti::room {

/// Leave to use TURN servers, for a while: what a directory answers a member of a room who asks for it
/// (`POST /v1/rooms/NAME/turn`), in the shape in which providers answer a directory.
///
///     {"iceServers":{"urls":["turn:…"],"username":"…","credential":"…"},"ttl":3600}
///
/// Of a list of servers, those of the first one with a name and a password count. What is no TURN, or takes a
/// transport that we do not speak, is skipped.
///
/// Errors: `parse` fails with `malformed`, also where no server is left.
struct TurnGrant {
  static constexpr std::size_t kMostServers = 8;         ///< the rest is not looked at
  static constexpr std::uint32_t kLongestLife = 604'800; ///< seconds; whoever says more gets a week

  std::vector<TurnUrl> servers;
  std::string username;
  std::string password;
  std::uint32_t secondsToLive = 0; ///< 0: not said

  [[nodiscard]] std::string encode() const;
  /// Without the seconds: that is all that older programs expect.
  [[nodiscard]] std::string encodeServers() const;
  static Result<TurnGrant> parse(std::string_view json);

  friend bool operator==(const TurnGrant&, const TurnGrant&) = default;
};

} // namespace tutti::room
