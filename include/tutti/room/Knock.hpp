#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/room/Invitation.hpp>

/// Whether somebody elsewhere gets to us: a `tutti serve` that we know is asked to knock at our door.
namespace tutti::room {

/// Where a `tutti serve` is: `HOST[:PORT][#FINGERPRINT]`. Without a fingerprint, a public authority must have
/// signed its certificate.
struct ServerAddress {
  std::string host; ///< a name, an IPv4 address, or an IPv6 address without brackets
  std::uint16_t port = kDefaultPort;
  std::optional<Fingerprint> fingerprint;

  /// Errors: `malformed`, with a sentence for the musician.
  static Result<ServerAddress> parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  friend bool operator==(const ServerAddress&, const ServerAddress&) = default;
};

namespace wire {

/// `POST /v1/knock`: try these ports of the address that this question comes from. What comes to the UDP port
/// is a STUN question with our number, and wants an answer.
struct KnockRequest {
  using Number = std::array<std::byte, 12>;
  static constexpr std::uint16_t kLowestPort = 1024; ///< below it are others' services

  std::uint16_t tcp = 0;
  std::uint16_t udp = 0;
  Number number{}; ///< random: who answers has heard it

  [[nodiscard]] std::string encode() const;
  static Result<KnockRequest> parse(std::string_view json);
};

/// From where the question came, and which of the ports let somebody in.
struct KnockReply {
  IpAddress seen;
  bool isTcpOpen = false;
  bool isUdpOpen = false;

  [[nodiscard]] std::string encode() const;
  static Result<KnockReply> parse(std::string_view json);
};

} // namespace wire

/// Asks, by IPv4, and waits: some seconds, or for as long as the name service takes.
/// Errors: a sentence.
Result<wire::KnockReply> askToKnock(const ServerAddress& server, const wire::KnockRequest& request);

} // namespace tutti::room
