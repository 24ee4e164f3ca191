// Datagrams of a channel as a decoder lets them pass, with values that no honest sender has: whatever comes,
// what is heard are numbers, not louder than what heads and a cross-fade can sum up to.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <tutti/core/ByteReader.hpp>
#include <tutti/linkaudio/Source.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using fuzz::require;

namespace {

constexpr std::size_t kFrames = 128;
constexpr auto kRate = audio::SampleRate::fromHertz(48'000);

/// One datagram out of some bytes; the samples are made of its numbers.
AudioBuffer bufferFrom(ByteReader& in, time::Beats now)
{
  AudioBuffer buffer;
  const auto head = in.u8().value_or(0);
  buffer.channels = static_cast<std::uint8_t>((head & 7U) < 6 ? 1 : (head & 7U) - 5);
  const auto hertz = (head & 8U) != 0 ? 8000 + 3 * std::int32_t{in.u16().value_or(0)} : 48'000;
  buffer.rate = audio::SampleRate::fromHertz(std::min(hertz, 192'000));
  if ((head & 0xf0U) == 0xf0U) buffer.session = NodeId{{1}};
  for (int chunks = 1 + (head >> 4U) % 4; chunks > 0; --chunks) {
    const auto sequence = in.u8().value_or(1);
    const auto beat = in.u8().value_or(0);
    const auto tempo = in.u8().value_or(128);
    const auto frames = in.u8().value_or(0);
    Chunk chunk;
    chunk.sequence = sequence == 255 ? in.u64().value_or(0) : sequence;
    chunk.begin = beat == 255 ? time::Beats::fromMicroBeats(in.i64().value_or(0) / 2)
                              : now + time::Beats::fromMicroBeats((std::int64_t{beat} - 100) * 10'000);
    chunk.tempo =
      time::Tempo::fromMicrosPerBeat(tempo == 128 ? 500'000 : 60'000 + 11'500 * std::int64_t{tempo});
    chunk.frames = frames;
    buffer.chunks.push_back(chunk);
    for (std::size_t i = 0; i < std::size_t{frames} * buffer.channels; ++i)
      buffer.samples.push_back(static_cast<std::int16_t>(i * 911 * (sequence + 1U)));
  }
  return buffer;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size > 4096) return 0;
  ByteReader in{std::as_bytes(std::span{data, size})};
  const auto how = in.u8().value_or(0);
  Source source{ChannelId{}, (how & 1U) != 0 ? Placement::live() : Placement::inBeats(1 + how / 2 % 4)};
  source.follow(NodeId{}, hostTime(0));
  SessionGrid grid;
  std::array<float, kFrames> left{}, right{};
  auto now = hostTime(1'000'000);
  for (std::int64_t played = 0; !in.atEnd(); played += std::int64_t{kFrames}) {
    const auto next = in.u8().value_or(0);
    if (next == 200) grid.timeline.tempo = time::Tempo::fromBpm(20 + 3.0 * in.u8().value_or(0));
    if (next == 201) grid.timeline.timeOrigin += Micros{4000 * (std::int64_t{in.u8().value_or(0)} - 128)};
    if (next == 202) source.setPlacement(in.u8() == 0 ? Placement::live() : Placement::inBeats(2), now);
    if (next == 203) source.tend(now);
    for (unsigned count = next % 4; count > 0; --count)
      source.receive(bufferFrom(in, grid.beatAt(now)), now, now);
    source.render(left, right, {SampleTime{played}, now, now, now, kRate, grid});
    for (const auto& channel : {left, right})
      for (const float sample : channel) require(std::isfinite(sample) && std::abs(sample) < 16);
    now += kRate.toMicros(audio::FrameCount{std::int64_t{kFrames}});
  }
  static_cast<void>(source.takeSnapshot(grid, now));
  return 0;
}
