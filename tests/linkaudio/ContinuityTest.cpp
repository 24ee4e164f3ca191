#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <vector>

#include "Continuity.hpp"

using namespace tutti;
using namespace tutti::linkaudio;

namespace {

constexpr auto kRate = audio::SampleRate::fromHertz(48'000);

/// As of a steady stream at 120 bpm: 24 000 frames a beat.
Chunk chunkOf(std::uint64_t sequence, std::int64_t frame, std::uint16_t frames = 251)
{
  return {sequence, frames, time::Beats::fromDouble(static_cast<double>(frame) / 24'000),
          time::Tempo::fromBpm(120)};
}

HostTime at(std::int64_t frame)
{
  return hostTime(frame * 1'000'000 / 48'000);
}

struct Stream {
  std::optional<std::int64_t> come(std::uint64_t sequence)
  {
    const auto frame = static_cast<std::int64_t>(sequence - 1) * 251;
    const auto place = continuity.place(chunkOf(sequence, frame), kRate, at(frame));
    return place ? std::optional{place->first} : std::nullopt;
  }
  Continuity continuity;
};

} // namespace

TEST_CASE("Chunks that follow each other in number lie end to end")
{
  Stream stream;
  for (std::uint64_t sequence = 1; sequence < 1000; ++sequence)
    CHECK(stream.come(sequence) == static_cast<std::int64_t>(sequence - 1) * 251);
  CHECK(stream.continuity.lost() == 0);
}

TEST_CASE("What overtook is in its place, what is lost leaves a hole, what is repeated counts once")
{
  test::Dice dice{3};
  for (int story = 0; story < 50; ++story) {
    std::vector<std::pair<double, std::uint64_t>> arrivals;
    std::uint64_t lost = 0;
    for (std::uint64_t sequence = 1; sequence <= 1000; ++sequence) {
      const bool isLost = sequence > 20 && sequence < 980 && dice.real(0, 1) < 0.05;
      lost += isLost ? 1 : 0;
      if (isLost) continue;
      for (int copy = 0; copy < (dice.real(0, 1) < 0.1 ? 2 : 1); ++copy)
        arrivals.emplace_back(
          static_cast<double>(sequence) + (sequence > 20 && sequence < 980 ? dice.real(0, 15) : 0), sequence);
    }
    std::ranges::sort(arrivals);
    Stream stream;
    std::size_t came = 0;
    for (const auto& [moment, sequence] : arrivals)
      if (const auto first = stream.come(sequence)) {
        ++came;
        CHECK(*first == static_cast<std::int64_t>(sequence - 1) * 251);
      }
    CHECK(came == 1000 - lost);
    CHECK(stream.continuity.lost() == lost);
    CHECK(stream.continuity.repeated() == arrivals.size() - came);
  }
}

TEST_CASE("A jump of the beats is no hole in the sound, and is told")
{
  Continuity continuity;
  static_cast<void>(continuity.place(chunkOf(1, 0), kRate, at(0)));
  const auto place = continuity.place(chunkOf(2, 100'000), kRate, at(251));
  REQUIRE(place);
  CHECK(place->first == 251);
  CHECK(place->isJump);
}

TEST_CASE("A pause that nobody counted is as long as it was")
{
  Continuity continuity;
  static_cast<void>(continuity.place(chunkOf(1, 0), kRate, at(0)));
  const auto place = continuity.place(chunkOf(2, 96'000), kRate, at(96'000));
  REQUIRE(place);
  CHECK(place->first == 96'000 + 251);
}

TEST_CASE("Datagrams that were held up for long are still end to end")
{
  Continuity continuity;
  static_cast<void>(continuity.place(chunkOf(1, 0), kRate, at(0)));
  CHECK(continuity.place(chunkOf(2, 251), kRate, at(96'000))->first == 251);
}

TEST_CASE("One stray number changes nothing; a stream that speaks eight times from far away is believed")
{
  Stream stream;
  for (std::uint64_t sequence = 1; sequence < 500; ++sequence) static_cast<void>(stream.come(sequence));
  CHECK_FALSE(stream.come(std::uint64_t{1} << 34U));
  CHECK_FALSE(stream.come(3));
  CHECK(stream.come(500) == 499 * 251);
  std::optional<std::int64_t> first;
  for (std::uint64_t sequence = 1; sequence <= 8; ++sequence) {
    CHECK_FALSE(first);
    first = stream.come(sequence);
  }
  REQUIRE(first);
  CHECK(*first > 500 * 251);
  CHECK(stream.come(9) == *first + 251);
}

TEST_CASE("Beats that make no sense do not carry the count away")
{
  test::Dice dice{5};
  Continuity continuity;
  std::int64_t last = 0;
  for (int i = 0; i < 20'000; ++i) {
    Chunk chunk{static_cast<std::uint64_t>(dice.anyWhole()), static_cast<std::uint16_t>(dice.whole(0, 563)),
                time::Beats::fromMicroBeats(dice.anyWhole()),
                time::Tempo::fromMicrosPerBeat(dice.whole(60'000, 3'000'001))};
    if (i % 2 == 0) chunk.sequence = static_cast<std::uint64_t>(i);
    if (const auto place = continuity.place(chunk, kRate, hostTime(i * 5000))) {
      CHECK(std::abs(place->first - last) < 48'000 * 6);
      last = place->first;
    }
  }
}
