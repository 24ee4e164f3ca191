#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

/// How often a stream's 16-bit sequence number began anew, carried by each packet: who hears a stream for the
/// first time, or after a long pause, cannot know it otherwise, and could open nothing.
///
/// A header extension element of four bytes, in the one-byte form. It is in clear, and vouched for by the
/// seal.
///
/// Spec: room R-5; RFC 8285 4.2.
namespace tutti::net {

/// Which element it is. The highest there is, so that it meets nobody else's.
constexpr std::uint8_t kRollOverElement = 14;

/// How much longer a packet becomes at most.
constexpr std::size_t kRollOverGrowth = 12;

/// Writes it into the packet of `size` bytes at the start of `buffer`: in its place where there is one, else
/// into the header extension, which is made where there is none.
///
/// The size afterwards. Nothing where there is no room, or the packet has a header extension of another form,
/// or one that is not whole.
std::optional<std::size_t> writeRollOver(std::span<std::byte> buffer, std::size_t size, std::uint32_t count);

std::optional<std::uint32_t> readRollOver(std::span<const std::byte> packet);

} // namespace tutti::net
