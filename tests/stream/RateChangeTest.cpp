#include <tutti/stream/RateChange.hpp>

#include <cmath>
#include <numbers>
#include <vector>

#include <Catch.hpp>

using namespace tutti;
using stream::Chunk;
using stream::RateChange;

namespace {

constexpr double kHertz = 1000;

/// A sine as a device of this rate hears it.
Chunk chunkAt(std::int64_t first, std::int32_t rate, std::uint32_t frames = Chunk::kFrames)
{
  Chunk chunk;
  chunk.first = SampleTime{first};
  chunk.captured = hostTime(5'000'000 + first * 1'000'000 / rate);
  chunk.frames = frames;
  for (std::uint32_t i = 0; i < frames; ++i)
    chunk.samples[0][i] = chunk.samples[1][i] =
      static_cast<float>(std::sin(2 * std::numbers::pi * kHertz * static_cast<double>(first + i) / rate));
  return chunk;
}

struct Converted {
  std::vector<float> sound;
  std::vector<Chunk> chunks;
};

Converted convert(std::int32_t rate, std::int64_t frames)
{
  auto change = RateChange::between(audio::SampleRate::fromHertz(rate), audio::SampleRate{}, 2);
  REQUIRE(change);
  Converted all;
  for (std::int64_t first = 0; first < frames; first += static_cast<std::int64_t>(Chunk::kFrames)) {
    change->push(chunkAt(first, rate));
    while (const auto chunk = change->next()) {
      all.sound.insert(all.sound.end(), chunk->samples[0].begin(), chunk->samples[0].begin() + chunk->frames);
      all.chunks.push_back(*chunk);
    }
  }
  return all;
}

} // namespace

TEST_CASE("A second of any device is a second at 48 kHz, without a hole")
{
  const auto rate = GENERATE(16'000, 44'100, 88'200, 96'000, 192'000);
  CAPTURE(rate);
  const auto converted = convert(rate, rate);
  CHECK(static_cast<double>(converted.sound.size()) == Approx(48'000).margin(400));
  for (std::size_t i = 1; i < converted.chunks.size(); ++i)
    CHECK(converted.chunks[i].first.frames ==
          converted.chunks[i - 1].first.frames + converted.chunks[i - 1].frames);
}

TEST_CASE("What comes out is the same sine, and its capture times say when it was played")
{
  const auto rate = GENERATE(44'100, 96'000);
  CAPTURE(rate);
  const auto converted = convert(rate, rate / 2);
  for (const auto& chunk : converted.chunks) {
    if (chunk.first.frames < 2000) continue; // it begins out of silence
    const auto seconds = static_cast<double>((chunk.captured - hostTime(5'000'000)).count()) / 1e6;
    const auto played = std::sin(2 * std::numbers::pi * kHertz * seconds);
    CHECK(chunk.samples[0][0] == Approx(played).margin(0.01)); // a microsecond or two
  }
}

TEST_CASE("After a hole it begins anew where the hole ends")
{
  auto change = RateChange::between(audio::SampleRate::fromHertz(96'000), audio::SampleRate{}, 2);
  REQUIRE(change);
  change->push(chunkAt(0, 96'000));
  while (change->next()) {
  }
  change->push(chunkAt(96'000, 96'000));
  const auto chunk = change->next();
  REQUIRE(chunk);
  CHECK(chunk->first.frames == 48'000);
}

TEST_CASE("Rates that are too far apart are refused in a sentence")
{
  const auto change = RateChange::between(audio::SampleRate::fromHertz(8'000), audio::SampleRate{}, 2);
  REQUIRE_FALSE(change);
  CHECK(change.error().kind == ErrorKind::unsupported);
}
