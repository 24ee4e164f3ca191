#include "Reading.hpp"

#include <Catch.hpp>
#include <SineFit.hpp>
#include <algorithm>
#include <cmath>
#include <vector>

using namespace tutti;
using namespace tutti::stream;
using test::radians;

namespace {

constexpr std::size_t kBlock = 64;
const auto kRate = audio::SampleRate::fromHertz(48'000);

float sineAt(std::int64_t frame)
{
  return static_cast<float>(0.5 * std::sin(radians(0.01 * static_cast<double>(frame)))); // 480 Hz
}

/// A sine of which some packets never come.
struct Player {
  Shelf shelf{1, 48'000};
  Reading reading{1, kRate, 4096};
  std::vector<float> played;
  std::int64_t sent = 0;

  void come(int packets = 1)
  {
    for (; packets > 0; --packets, sent += std::int64_t{kBlock}) {
      Chunk chunk{.first = SampleTime{sent}, .frames = kBlock};
      for (std::size_t i = 0; i < kBlock; ++i)
        chunk.samples[0][i] = sineAt(sent + static_cast<std::int64_t>(i));
      shelf.put(chunk);
    }
  }
  void lose(int packets = 1) { sent += packets * static_cast<std::int64_t>(kBlock); }
  void play(int blocks = 1)
  {
    for (; blocks > 0; --blocks) {
      reading.read(shelf, kBlock);
      const auto channel = reading.channel(0);
      played.insert(played.end(), channel.begin(), channel.end());
    }
  }
  [[nodiscard]] double worstDeviation(std::size_t from, std::size_t to) const
  {
    double worst = 0;
    for (auto i = from; i < to; ++i)
      worst =
        std::max(worst, std::abs(static_cast<double>(played[i] - sineAt(static_cast<std::int64_t>(i)))));
    return worst;
  }
  /// The largest change of the slope: what the ear takes for a click.
  [[nodiscard]] double worstCorner(std::size_t from) const
  {
    double worst = 0;
    for (auto i = from + 2; i < played.size(); ++i)
      worst = std::max(worst, std::abs(static_cast<double>(played[i] - 2 * played[i - 1] + played[i - 2])));
    return worst;
  }
};

const double kSineCorner = 0.5 * radians(0.01) * radians(0.01); // of the sine itself

} // namespace

TEST_CASE("What is there is played to the bit, after the first fade")
{
  Player player;
  player.come(20);
  player.play(20);
  for (std::size_t i = 100; i < player.played.size(); ++i)
    REQUIRE(player.played[i] == sineAt(static_cast<std::int64_t>(i)));
  CHECK(player.reading.concealed() == 0);
}

TEST_CASE("One lost packet or two in the middle of a sine are hardly to be seen")
{
  for (const int lost : {1, 2}) {
    Player player;
    player.come(20);
    player.lose(lost);
    player.come(20);
    player.play(40);
    CAPTURE(lost);
    CHECK(player.worstDeviation(100, player.played.size()) < 0.02);
    CHECK(player.worstCorner(100) < 1.5 * kSineCorner);
    CHECK(player.reading.concealed() == kBlock * static_cast<std::size_t>(lost));
    CHECK(player.reading.gaps() == 1);
  }
}

TEST_CASE("A stream that stops is silent after 20 ms, without a corner")
{
  Player player;
  player.come(20);
  player.play(80);
  const auto silent = 20 * kBlock + 960;
  CHECK(std::all_of(player.played.begin() + static_cast<std::ptrdiff_t>(silent), player.played.end(),
                    [](float sample) { return sample == 0.0F; }));
  CHECK(player.worstCorner(100) < 1.5 * kSineCorner);
}

TEST_CASE("A stream that comes back fades in without a corner")
{
  Player player;
  player.come(20);
  player.lose(60);
  player.come(20);
  player.play(100);
  CHECK(player.worstCorner(100) < 2.5 * kSineCorner);
  CHECK(player.worstDeviation(80 * kBlock + 100, 100 * kBlock) == 0);
}

TEST_CASE("A leap to another place is a cross-fade without a corner, from loud to loud")
{
  for (const std::int64_t leap : {-137, 50, -960}) {
    Player player;
    player.come(60);
    player.play(40);
    player.shelf.moveTo(player.shelf.place() + leap);
    player.reading.crossFade(Micros{2500});
    player.play(4);
    CAPTURE(leap);
    CHECK(player.worstCorner(100) < 5 * kSineCorner);
    CHECK(player.played.back() == sineAt(static_cast<std::int64_t>(player.played.size()) - 1 + leap));
  }
}

TEST_CASE("A packet lost during a fade back is concealed as well")
{
  Player player;
  player.come(20);
  player.lose(1);
  player.come(1);
  player.lose(1);
  player.come(20);
  player.play(43);
  CHECK(player.worstDeviation(100, player.played.size()) < 0.05);
  CHECK(player.reading.gaps() == 2);
}

TEST_CASE("Quiet is what was just played below the level")
{
  Player player;
  player.play(10);
  CHECK(player.reading.isQuiet(0.001F));
  player.come(20);
  player.play(10);
  CHECK_FALSE(player.reading.isQuiet(0.001F));
}
