#pragma once

#include <cstddef>
#include <cstdint>

/// The numbers of ChannelData, and its one trick: its first byte is neither STUN's nor media's.
///
///     | channel, 0x4000 to 0x4fff (16) | length (16) | payload … | on streams: padded to 4 bytes |
///
/// Spec: RFC 8656 section 12; RFC 7983.
namespace tutti::net::turn {

constexpr std::uint16_t kFirstChannel = 0x4000;
constexpr std::uint16_t kLastChannel = 0x4fff;
constexpr std::size_t kChannelHead = 4;
constexpr std::size_t kLongestPayload = 1472; // an Ethernet frame's

constexpr bool isChannelData(std::byte first)
{
  return first >= std::byte{kFirstChannel >> 8U} && first <= std::byte{kLastChannel >> 8U};
}

constexpr std::size_t padded(std::size_t size)
{
  return (size + 3) & ~std::size_t{3};
}

} // namespace tutti::net::turn
