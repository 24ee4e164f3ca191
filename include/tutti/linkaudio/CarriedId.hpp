#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <tutti/linkaudio/AudioBuffer.hpp>

/// Ids of channels that are published for another site. They begin as no program begins an id that it draws,
/// so that every bridge, also one of another room, knows them and never carries them on: no sound goes round
/// for ever.
///
/// What follows the mark comes from the id of the channel that is carried: whoever carries it, and however
/// often it begins again, programs here know it for the same.
namespace tutti::linkaudio {

inline constexpr std::array<std::byte, 3> kCarriedMark{std::byte{0x01}, std::byte{'T'}, std::byte{'x'}};

inline bool isCarried(const ChannelId& id)
{
  return std::ranges::equal(id.bytes.bytes().first<kCarriedMark.size()>(), kCarriedMark);
}

inline ChannelId carriedId(const ChannelId& original)
{
  std::uint64_t hash = 0xcbf29ce484222325; // FNV-1a
  for (const auto byte : original.bytes.bytes())
    hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001b3;
  std::array<std::byte, NodeId::kSize> bytes{};
  std::ranges::copy(kCarriedMark, bytes.begin());
  for (auto i = kCarriedMark.size(); i < bytes.size(); ++i, hash >>= 8U)
    bytes[i] = static_cast<std::byte>(hash & 0xffU);
  return {NodeId::fromBytes(bytes)};
}

} // namespace tutti::linkaudio
