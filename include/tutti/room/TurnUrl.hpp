#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>

namespace tutti::room {

/// Where a TURN server is, and over what one talks to it.
///
/// Spec: RFC 7065.
struct TurnUrl {
  enum class Transport : std::uint8_t { udp, tcp, tls };

  std::string host; ///< a name, or an address without brackets
  std::uint16_t port = 3478;
  Transport transport = Transport::udp;

  /// "turn:turn.example.org:3478?transport=udp": always whole.
  [[nodiscard]] std::string text() const;

  /// Reads "turn:HOST[:PORT][?transport=udp|tcp]" and "turns:HOST[:PORT][?transport=tcp]".
  /// Errors: `unsupported` for TURN over DTLS; `malformed` for whatever else, with a sentence.
  static Result<TurnUrl> parse(std::string_view text);

  friend bool operator==(const TurnUrl&, const TurnUrl&) = default;
};

} // namespace tutti::room
