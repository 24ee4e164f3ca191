#include <tutti/linkaudio/BeatStamp.hpp>

#include <algorithm>

#include <tutti/core/ByteReader.hpp>

namespace tutti::linkaudio {

std::array<std::byte, 4> BeatStamp::nameOf(const NodeId& session)
{
  std::array<std::byte, 4> name{};
  std::ranges::copy(session.bytes().first<4>(), name.begin());
  return name;
}

std::array<std::byte, BeatStamp::kSize> BeatStamp::encode() const
{
  std::array<std::byte, kSize> bytes{};
  std::ranges::copy(session, bytes.begin());
  auto beat = static_cast<std::uint64_t>(begin.microBeats());
  auto upb = static_cast<std::uint64_t>(tempo.microsPerBeat());
  for (std::size_t i = 12; i > 4; --i, beat >>= 8U) bytes.at(i - 1) = static_cast<std::byte>(beat & 0xffU);
  for (std::size_t i = kSize; i > 12; --i, upb >>= 8U) bytes.at(i - 1) = static_cast<std::byte>(upb & 0xffU);
  return bytes;
}

std::optional<BeatStamp> BeatStamp::parse(std::span<const std::byte> bytes)
{
  ByteReader in{bytes};
  const auto name = in.bytes(4);
  const auto beat = in.i64();
  const auto high = in.u8();
  const auto low = in.u16();
  if (!name || !beat || !high || !low || !in.atEnd()) return std::nullopt;
  const auto upb = (std::int64_t{*high} << 16U) + *low;
  constexpr auto kFarthest = std::int64_t{1} << 62U;
  if (upb < kFastest || upb > kSlowest || *beat > kFarthest || *beat < -kFarthest) return std::nullopt;
  BeatStamp stamp;
  std::ranges::copy(*name, stamp.session.begin());
  stamp.begin = time::Beats::fromMicroBeats(*beat);
  stamp.tempo = time::Tempo::fromMicrosPerBeat(upb);
  return stamp;
}

} // namespace tutti::linkaudio
