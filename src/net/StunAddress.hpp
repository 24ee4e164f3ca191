#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <tutti/core/Endpoint.hpp>
#include <tutti/net/Stun.hpp>

/// Addresses inside a STUN message: family, port, address.
///
///     | 0 (8) | family (8) | port (16) | address (32 or 128) |
///
/// Most are disguised, so that no router on the way takes them for its own business and rewrites them.
///
/// Spec: RFC 8489 14.1, 14.2.
namespace tutti::net::stun {

constexpr std::uint32_t kMagic = 0x2112a442; // RFC 8489 5
constexpr std::size_t kLongestAddress = 20;

/// What port and address are combined with; all zeros where an address goes as it is.
using Disguise = std::array<std::uint8_t, 16>;
Disguise disguise(const TransactionId& transaction);

std::optional<Endpoint> readAddress(std::span<const std::byte> value, const Disguise& under);

/// How many bytes it took.
std::size_t writeAddress(const Endpoint& endpoint, const Disguise& under,
                         std::span<std::byte, kLongestAddress> into);

} // namespace tutti::net::stun
