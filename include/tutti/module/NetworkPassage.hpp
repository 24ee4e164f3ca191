#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The way over a network (`tutti::ModuleSocketNetwork`): sound and words in sealed RTP packets.
namespace tutti::module {

/// Where a Tutti takes modules from a network, and with which token: `tutti-module://HOST:PORT#TOKEN`. What
/// follows `#` is never sent.
struct NetworkAddress {
  static constexpr std::string_view kBeginning = "tutti-module://";
  static constexpr std::size_t kShortestToken = 16; ///< it is the key: it has to be long, and drawn by lot

  std::string host; ///< a name, or an address; IPv6 in brackets
  std::uint16_t port = 0;
  std::string token;

  static std::optional<NetworkAddress> parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  friend bool operator==(const NetworkAddress&, const NetworkAddress&) = default;
};

/// From now on a `ModuleSocket` understands such addresses. Once, at the start of `main`.
void useNetwork();

} // namespace tutti::module
