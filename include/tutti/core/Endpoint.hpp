#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tutti {

/// An IPv4 or IPv6 address as a value; IPv6 carries the scope (interface index) that makes link-local ones
/// whole.
///
/// Orders IPv4 before IPv6, then by bytes: the order in which Link chooses among gateways (spec link 4.2).
class IpAddress {
public:
  enum class Family : std::uint8_t { v4, v6 };

  constexpr IpAddress() = default;
  static constexpr IpAddress v4(std::array<std::uint8_t, 4> bytes)
  {
    IpAddress address;
    for (std::size_t i = 0; i < bytes.size(); ++i) address.bytes_[i] = bytes[i];
    return address;
  }
  static constexpr IpAddress v6(std::array<std::uint8_t, 16> bytes, std::uint32_t scope = 0)
  {
    IpAddress address;
    address.family_ = Family::v6;
    address.bytes_ = bytes;
    address.scope_ = scope;
    return address;
  }

  /// Reads "192.168.1.20" or "fe80::1"; scopes are not read.
  static std::optional<IpAddress> parse(std::string_view text);

  [[nodiscard]] constexpr Family family() const { return family_; }
  [[nodiscard]] constexpr bool isV4() const { return family_ == Family::v4; }
  [[nodiscard]] constexpr const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }
  [[nodiscard]] constexpr std::uint32_t scope() const { return scope_; }

  [[nodiscard]] constexpr bool isUnspecified() const { return bytes_ == std::array<std::uint8_t, 16>{}; }
  [[nodiscard]] constexpr bool isLoopback() const
  {
    if (isV4()) return bytes_[0] == 127;
    std::array<std::uint8_t, 16> one{};
    one[15] = 1;
    return bytes_ == one;
  }
  [[nodiscard]] constexpr bool isMulticast() const
  {
    return isV4() ? (bytes_[0] & 0xf0U) == 0xe0U : bytes_[0] == 0xffU;
  }
  [[nodiscard]] constexpr bool isLinkLocal() const
  {
    return isV4() ? bytes_[0] == 169 && bytes_[1] == 254 : bytes_[0] == 0xfeU && (bytes_[1] & 0xc0U) == 0x80U;
  }

  /// The same address as seen from an interface: link-local IPv6 needs it, and the wire does not carry it.
  [[nodiscard]] constexpr IpAddress withScope(std::uint32_t scope) const
  {
    auto scoped = *this;
    if (!isV4()) scoped.scope_ = scope;
    return scoped;
  }

  /// Whether the first `prefixBits` bits agree; never across families.
  [[nodiscard]] bool sharesPrefix(const IpAddress& other, unsigned prefixBits) const;

  /// Without the scope: "fe80::1".
  [[nodiscard]] std::string text() const;

  friend constexpr auto operator<=>(const IpAddress&, const IpAddress&) = default;

private:
  Family family_ = Family::v4;
  std::array<std::uint8_t, 16> bytes_{};
  std::uint32_t scope_ = 0;
};

/// An address and a UDP or TCP port.
struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;

  /// "192.168.1.20:4711" or "[fe80::1]:4711".
  [[nodiscard]] std::string text() const;

  friend constexpr auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

} // namespace tutti
