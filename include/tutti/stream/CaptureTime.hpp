#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <tutti/core/ByteReader.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::stream {

/// The header extension that says when a packet's first frame was at the instrument, on the sender's host
/// clock. Travels sealed; clock sync makes it our time.
inline constexpr std::uint8_t kCaptureTimeExtension = 2;

inline std::array<std::byte, 8> encodeCaptureTime(HostTime captured)
{
  std::array<std::byte, 8> bytes{};
  auto rest = static_cast<std::uint64_t>(microsOf(captured));
  for (auto place = bytes.rbegin(); place != bytes.rend(); ++place, rest >>= 8U)
    *place = static_cast<std::byte>(rest & 0xffU);
  return bytes;
}

inline std::optional<HostTime> parseCaptureTime(std::span<const std::byte> bytes)
{
  ByteReader in{bytes};
  const auto micros = in.i64();
  if (!micros || !in.atEnd()) return std::nullopt;
  return hostTime(*micros);
}

} // namespace tutti::stream
