#include "BeatDelay.hpp"

#include <Catch.hpp>

using namespace tutti;
using namespace tutti::stream;

namespace {

constexpr double kPeriod = 1e6 / 48'000;

BeatDelay known(double microsPerBeat = 500e3)
{
  BeatDelay delay{audio::SampleRate::fromHertz(48'000)};
  delay.setTempo(microsPerBeat);
  for (std::int64_t frame = 0; frame < 48'000; frame += 64)
    delay.captured(frame, static_cast<double>(frame) * kPeriod);
  return delay;
}

} // namespace

TEST_CASE("A delay in beats is kept while the path needs no more")
{
  auto delay = known();
  CHECK(delay.judge(1, 400e3) == InBeats::kept);
  CHECK(delay.judge(1, 500e3) == InBeats::kept);
  CHECK(delay.judge(1, 501e3) == InBeats::tooFar);
  CHECK(delay.judge(1, 499e3) == InBeats::tooFar); // no coming and going
  CHECK(delay.judge(1, 497e3) == InBeats::kept);
  CHECK(delay.judge(2, 600e3) == InBeats::kept);
}

TEST_CASE("Beats that last longer than is kept in memory are refused")
{
  auto delay = known(1e6);
  CHECK(delay.judge(8, 400e3) == InBeats::kept);
  CHECK(delay.judge(9, 400e3) == InBeats::tooLong);
}

TEST_CASE("Without a tempo, or before a frame's moment is known, nothing is promised")
{
  BeatDelay delay{audio::SampleRate::fromHertz(48'000)};
  CHECK(delay.judge(1, 0) == InBeats::unknown);
  delay.setTempo(500e3);
  CHECK(delay.judge(1, 0) == InBeats::unknown);
  delay.captured(0, 0);
  CHECK(delay.judge(1, 0) == InBeats::kept);
  delay.reset();
  CHECK(delay.judge(1, 0) == InBeats::unknown);
}

TEST_CASE("When frames were captured is followed at once where a clock was set, and packets that overtake "
          "each other change nothing")
{
  auto delay = known();
  const auto& clock = delay.captureClock();
  CHECK(clock.microsAt(96'000) == Approx(2e6).margin(5));
  delay.captured(47'936, 1e9); // came twice
  CHECK(clock.microsAt(96'000) == Approx(2e6).margin(5));
  delay.captured(48'000, 1.03e6);
  CHECK(clock.microsAt(96'000) == Approx(2.03e6).margin(50));
}
