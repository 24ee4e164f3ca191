#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>
#include <tutti/room/MemberKeys.hpp>
#include <tutti/room/Secret.hpp>

namespace tutti::room {

/// SHA-256 of a directory's public key, as it stands in its certificate (SPKI).
using Fingerprint = std::array<std::byte, 32>;

/// Where a directory listens when nobody says otherwise, TCP and UDP.
constexpr std::uint16_t kDefaultPort = 7885;

/// A link that lets somebody into a room:
///
///     tutti://HOST[:PORT]/ROOM#v1.SECRET.FINGERPRINT[.SEED]
///
/// What follows `#` never reaches a server. Without SECRET the room asks for a password, or is public.
/// Without FINGERPRINT the directory's certificate is signed by a public authority. Who joins with SEED is
/// the host: such a link is not for others.
///
/// Spec: room R-1.
struct Invitation {
  std::string host; ///< a name, an IPv4 address, or an IPv6 address without brackets
  std::uint16_t port = kDefaultPort;
  std::string room;
  std::optional<Secret> secret;
  std::optional<Fingerprint> fingerprint;
  std::optional<HostSeed> hostSeed = {};

  /// Blanks around it do not matter: it was copied from a message.
  /// Errors: `malformed`, with a sentence for the musician; `unsupported` for a newer kind of invitation.
  static Result<Invitation> parse(std::string_view link);
  [[nodiscard]] std::string link() const;
  /// The same without what makes somebody the host.
  [[nodiscard]] Invitation forOthers() const;

  friend bool operator==(const Invitation&, const Invitation&) = default;
};

/// Errors: `malformed` unless it is 1 to 64 bytes of proper text without control characters.
Result<void> checkRoomName(std::string_view name);

} // namespace tutti::room
