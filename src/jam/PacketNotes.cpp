#include <tutti/jam/PacketNotes.hpp>

#include <algorithm>

#include <tutti/stream/Chunk.hpp>

namespace tutti::jam {
namespace {

constexpr std::int64_t kStep = 10; // µs
constexpr std::int32_t kSlowest = 8'000;
constexpr std::int32_t kFastest = 192'000;

std::uint32_t steps(Micros duration)
{
  return static_cast<std::uint32_t>(
    std::clamp<std::int64_t>((duration.count() + kStep / 2) / kStep, 0, 0xffff));
}

std::uint32_t bigEndian(std::span<const std::byte> bytes)
{
  std::uint32_t value = 0;
  for (const auto byte : bytes) value = value << 8U | std::to_integer<std::uint32_t>(byte);
  return value;
}

void write(std::span<std::byte> into, std::uint32_t value)
{
  for (auto place = into.rbegin(); place != into.rend(); ++place, value >>= 8U)
    *place = static_cast<std::byte>(value & 0xffU);
}

} // namespace

std::array<std::byte, PacketNotes::kSize> PacketNotes::encode() const
{
  std::array<std::byte, kSize> bytes{};
  const std::span all{bytes};
  write(all.first(3), static_cast<std::uint32_t>(rate.hertz()));
  bytes[3] = static_cast<std::byte>(channels);
  write(all.subspan(4, 2), steps(deviceIn));
  write(all.subspan(6, 2), steps(sentAfter));
  return bytes;
}

std::optional<PacketNotes> PacketNotes::parse(std::span<const std::byte> bytes)
{
  if (bytes.size() != kSize) return std::nullopt;
  const auto hertz = static_cast<std::int32_t>(bigEndian(bytes.first(3)));
  const auto channels = std::to_integer<std::uint8_t>(bytes[3]);
  if (hertz < kSlowest || hertz > kFastest || channels < 1 || channels > stream::kMostChannels)
    return std::nullopt;
  return PacketNotes{audio::SampleRate::fromHertz(hertz), channels,
                     Micros{kStep * static_cast<std::int64_t>(bigEndian(bytes.subspan(4, 2)))},
                     Micros{kStep * static_cast<std::int64_t>(bigEndian(bytes.subspan(6, 2)))}};
}

} // namespace tutti::jam
