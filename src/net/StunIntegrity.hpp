#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// The sums at the end of a STUN message. Each counts a header whose length already includes itself.
namespace tutti::net::stun {

constexpr std::size_t kHeaderSize = 20;
constexpr std::size_t kEntryHead = 4;
constexpr std::size_t kSha1Size = 20;
constexpr std::size_t kSha256Size = 32;
constexpr std::size_t kFingerprintSize = 4;

/// HMAC over `upTo` bytes of the message, as if it ended with an attribute of `ownSize` bytes there.
std::array<std::byte, kSha1Size> integritySha1(std::span<const std::byte> upTo, std::string_view password);
std::array<std::byte, kSha256Size> integritySha256(std::span<const std::byte> upTo, std::string_view password,
                                                   std::size_t ownSize = kSha256Size);
std::uint32_t fingerprint(std::span<const std::byte> upTo);

} // namespace tutti::net::stun
