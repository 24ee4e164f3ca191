#include <Catch.hpp>
#include <algorithm>
#include <cmath>

#include "BeatSession.hpp"
#include "SineFit.hpp"

using namespace tutti;
using namespace std::chrono_literals;
using stream::DelayMode;
using stream::InBeats;
using test::BeatSession;
using test::ClickEar;
using test::StreamSimulation;

namespace {

/// A stream in beats; its session's tempo is looked at twenty times a second, as the application does.
class Story {
public:
  Story(BeatSession& session, test::Traffic traffic, StreamSimulation::Signal signal,
        StreamSimulation::Setup setup = {})
    : session_{session}
    , simulation{setup, std::move(traffic), std::move(signal),
                 [this](std::int64_t frame, float sample) { hear(frame, sample); }}
  {}

  void runUntil(double seconds)
  {
    for (double next = 0; next < seconds;) {
      if (simulation.now() >= deafUntil * 1e6) session_.tell(simulation);
      next = std::min(seconds, simulation.now() * 1e-6 + 0.05);
      simulation.runUntil(next);
    }
  }
  /// From when on gaps, corners and steps are listened to.
  void listen()
  {
    longestGap = gap_ = largestStep = loudestCorner = 0;
    isListening_ = true;
  }
  stream::PlayoutStatistics statistics() { return simulation.playout.statistics(); }

  double deafUntil = 0; ///< s; tempo changes are noticed later
  ClickEar* ear = nullptr;
  double longestGap = 0; ///< ms in which next to nothing was heard
  double largestStep = 0;
  double loudestCorner = 0;

private:
  void hear(std::int64_t frame, float sample)
  {
    if (ear != nullptr) ear->hear(simulation.playedAt(static_cast<double>(frame)), sample);
    if (isListening_) {
      gap_ = std::abs(sample) < 0.02F ? gap_ + 1 / 48.0 : 0;
      longestGap = std::max(longestGap, gap_);
      largestStep = std::max(largestStep, std::abs(static_cast<double>(sample - last_)));
      loudestCorner =
        std::max(loudestCorner, std::abs(static_cast<double>(sample - 2 * last_ + beforeLast_)));
    }
    beforeLast_ = last_;
    last_ = sample;
  }

  BeatSession& session_;
  bool isListening_ = false;
  double gap_ = 0;
  float last_ = 0;
  float beforeLast_ = 0;

public:
  StreamSimulation simulation; // after what its ear writes to
};

StreamSimulation::Signal sine(double hertz, double amplitude = 0.5)
{
  return [=](std::int64_t frame) {
    const double cycles = std::fmod(hertz / 48'000 * static_cast<double>(frame), 1.0);
    return static_cast<float>(amplitude * std::sin(test::radians(cycles)));
  };
}
double cornerOf(double hertz)
{
  return 0.5 * std::pow(test::radians(hertz / 48'000), 2);
}

void landsOnTheGrid(const StreamSimulation::Setup& setup, test::Traffic traffic, double bpm, int beats)
{
  CAPTURE(setup.senderPpm, setup.devicePpm, bpm, beats);
  BeatSession session{bpm};
  ClickEar ear{session, beats};
  Story story{session, std::move(traffic), ear.signal(48'000 * (1 + setup.senderPpm * 1e-6)), setup};
  story.ear = &ear;
  story.simulation.playout.setMode(DelayMode::inBeats(beats));
  story.runUntil(600);
  REQUIRE(ear.clicks.size() > static_cast<std::size_t>(598 * bpm / 60) - static_cast<std::size_t>(beats));
  double worst = 0;
  for (const auto& click : ear.clicks) {
    if (click.at < 5e6) continue; // both clocks are found
    REQUIRE(click.beats == beats);
    worst = std::max(worst, std::abs(click.offBy));
  }
  CHECK(worst < 1000);
  CHECK(story.statistics().inBeats == InBeats::kept);
  CHECK(story.statistics().late == 0);
}

} // namespace

TEST_CASE("Ten minutes of clicks over 20 ms land on the beat after they were played, within 1 ms")
{
  landsOnTheGrid({.wakeJitter = 20}, test::jitteryPath(20e3, 2000, 0, 1), 120, 1);
}

TEST_CASE("Ten minutes of clicks over 180 ms and clocks 200 ppm apart land two beats later, within 1 ms")
{
  landsOnTheGrid({.senderPpm = 100, .devicePpm = -100, .wakeJitter = 20},
                 test::jitteryPath(180e3, 15e3, 0, 2), 133.7, 2);
}

TEST_CASE("Ten minutes of clicks over radio on a slow clock land a bar later, within 1 ms")
{
  auto radio = test::wifi(4);
  landsOnTheGrid({.senderPpm = -100, .wakeJitter = 20},
                 {"100 ms and radio", [=](double now) { return *radio.travel(now) + 100e3; }}, 92, 4);
}

TEST_CASE("A way that becomes 60 ms longer moves no beat")
{
  BeatSession session{120};
  ClickEar ear{session, 1};
  Story story{session, test::routeChange(40e3, 60e3, 20e6, 1e12), ear.signal(48'000)};
  story.ear = &ear;
  story.simulation.playout.setMode(DelayMode::inBeats(1));
  story.runUntil(40);
  for (const auto& click : ear.clicks) {
    if (click.at < 5e6) continue;
    CAPTURE(click.at);
    REQUIRE(click.beats == 1);
    CHECK(std::abs(click.offBy) < 1000);
  }
  CHECK(story.statistics().late == 0);
}

TEST_CASE("When the tempo doubles or halves nothing is silent for 10 ms, and no click is heard")
{
  for (const auto& [before, after] : {std::pair{80.0, 160.0}, std::pair{160.0, 80.0}}) {
    CAPTURE(before, after);
    BeatSession session{before};
    Story story{session, test::jitteryPath(60e3, 2000, 0, 3), sine(440), {.wakeJitter = 20}};
    story.simulation.playout.setMode(DelayMode::inBeats(4));
    story.runUntil(10);
    REQUIRE(story.statistics().inBeats == InBeats::kept);
    story.listen();
    session.change(after, 10.02e6);
    story.runUntil(20);
    CHECK(story.longestGap < 10);
    CHECK(story.loudestCorner < 5 * cornerOf(440));
    CHECK(story.statistics().inBeats == InBeats::kept);
    CHECK(story.statistics().beats == Micros{std::lround(4 * 60e6 / after)});
  }
}

TEST_CASE("Clicks under way when the tempo changes are heard on the beats of the new tempo, near enough; "
          "those played since exactly")
{
  for (const auto& [before, after] :
       {std::pair{80.0, 160.0}, std::pair{160.0, 80.0}, std::pair{120.0, 126.0}}) {
    CAPTURE(before, after);
    BeatSession session{before};
    ClickEar ear{session, 4};
    Story story{session, test::jitteryPath(60e3, 2000, 0, 3), ear.signal(48'000), {.wakeJitter = 20}};
    story.ear = &ear;
    story.simulation.playout.setMode(DelayMode::inBeats(4));
    constexpr double kChange = 10.01e6;
    story.runUntil(10);
    story.deafUntil = 10.07;
    session.change(after, kChange);
    story.runUntil(30);
    const double isThrough = kChange + 4 * 60e6 / after;
    int since = 0;
    for (const auto& click : ear.clicks) {
      if (click.at < 5e6) continue;
      CAPTURE(click.at, click.offBy);
      const bool isMeanwhile = click.at > kChange && click.at < isThrough + 50e3;
      if (isMeanwhile) {
        CHECK(std::abs(click.offBy) < 30e3);
        continue;
      }
      REQUIRE(click.beats == 4);
      CHECK(std::abs(click.offBy) < 1000);
      since += click.at > isThrough ? 1 : 0;
    }
    CHECK(since > 20);
  }
}

TEST_CASE("A tempo that moves by half a beat a minute is followed by resampling alone")
{
  BeatSession session{120};
  Story story{session, test::jitteryPath(60e3, 2000, 0, 3), sine(440), {.wakeJitter = 20}};
  story.simulation.playout.setMode(DelayMode::inBeats(4));
  story.runUntil(10);
  const auto leaps = story.statistics().leaps;
  story.listen();
  session.change(120.5, 10.02e6);
  story.runUntil(16);
  CHECK(story.statistics().leaps == leaps);
  CHECK(story.loudestCorner < 1.1 * cornerOf(440));
  const auto parts = story.statistics();
  CHECK(static_cast<double>((parts.playout + parts.resampler).count()) + 60e3 ==
        Approx(4 * 60e6 / 120.5).margin(300));
}

TEST_CASE("A tempo that is drawn from 90 to 150 for three seconds leaves no gap")
{
  BeatSession session{90};
  Story story{session, test::jitteryPath(60e3, 2000, 0, 3), sine(440), {.wakeJitter = 20}};
  story.simulation.playout.setMode(DelayMode::inBeats(4));
  story.runUntil(10);
  story.listen();
  for (int step = 0; step < 60; ++step) {
    session.change(91 + step, 10e6 + 50e3 * step + 10e3);
    story.runUntil(10.05 + 0.05 * step);
  }
  story.runUntil(20);
  CHECK(story.longestGap < 10);
  CHECK(story.loudestCorner < 5 * cornerOf(440));
  const auto parts = story.statistics();
  CHECK(static_cast<double>((parts.playout + parts.resampler).count()) + 60e3 ==
        Approx(4 * 60e6 / 150).margin(300));
}

TEST_CASE("A hundred changes of the mode make no step above -40 dBFS")
{
  BeatSession session{120};
  Story story{session, test::jitteryPath(20e3, 1000, 0, 3), sine(60, 0.25), {.wakeJitter = 20}};
  story.runUntil(5);
  story.listen();
  const std::array modes{DelayMode{}, DelayMode::inBeats(1), DelayMode::steady(80ms), DelayMode::inBeats(3)};
  for (int change = 1; change <= 100; ++change) {
    story.simulation.playout.setElsewhere(20ms, 0ms);
    story.simulation.playout.setMode(modes[static_cast<std::size_t>(change) % modes.size()]);
    story.runUntil(5 + 0.37 * change);
  }
  CHECK(story.largestStep < 0.01);
  CHECK(story.statistics().leaps >= 100);
}

TEST_CASE("A way that is longer than the beats is refused, and heard as soon as it is safe meanwhile")
{
  BeatSession session{160}; // a beat is 375 ms
  Story story{session, test::jitteryPath(400e3, 2000, 0, 3), sine(440)};
  story.simulation.playout.setMode(DelayMode::inBeats(1));
  story.runUntil(10);
  const auto refused = story.statistics();
  CHECK(refused.inBeats == InBeats::tooFar);
  CHECK(refused.beats == 375ms);
  CHECK(refused.needed > 400ms);
  CHECK(refused.needed < 410ms);
  CHECK(refused.playout < 8ms);

  story.simulation.playout.setMode(DelayMode::inBeats(2));
  story.runUntil(12);
  CHECK(story.statistics().inBeats == InBeats::kept);
  CHECK(story.statistics().playout > 330ms);

  story.simulation.playout.setMode(DelayMode::inBeats(1));
  session.change(120, 12e6);
  story.runUntil(14);
  CHECK(story.statistics().inBeats == InBeats::kept);
}

TEST_CASE("More than what is kept in memory is refused")
{
  BeatSession session{120};
  Story story{session, test::steadyPath(500), sine(440)};
  story.simulation.playout.setMode(DelayMode::inBeats(16)); // 8 s
  story.runUntil(20);
  CHECK(story.statistics().inBeats == InBeats::kept);
  CHECK(story.statistics().playout > 7900ms);
  story.listen();
  story.runUntil(22);
  CHECK(story.longestGap < 1);
  session.change(119, 22e6);
  story.runUntil(23);
  CHECK(story.statistics().inBeats == InBeats::tooLong);
  CHECK(story.statistics().playout < 8ms);
}

TEST_CASE("As long as nobody knows when frames were captured, or how the beats lie, a player is heard live")
{
  BeatSession session{120};
  Story story{session, test::steadyPath(500), sine(440), {.tellsCapture = false}};
  story.simulation.playout.setMode(DelayMode::inBeats(1));
  story.runUntil(5);
  CHECK(story.statistics().inBeats == InBeats::unknown);
  CHECK(story.statistics().playout < 8ms);

  StreamSimulation without{{}, test::steadyPath(500), sine(440), [](std::int64_t, float) {}};
  without.playout.setMode(DelayMode::inBeats(1));
  without.runUntil(5);
  CHECK(without.playout.statistics().inBeats == InBeats::unknown);
  CHECK(without.playout.statistics().playout < 8ms);
}

TEST_CASE("At 44.1 kHz and in blocks of another length a click lands on the beat as well")
{
  BeatSession session{100};
  ClickEar ear{session, 2};
  Story story{session,
              test::jitteryPath(60e3, 2000, 0, 3),
              ear.signal(44'100),
              {.block = 120, .deviceBlock = 256, .senderRate = 44'100, .wakeJitter = 20}};
  story.ear = &ear;
  story.simulation.playout.setElsewhere(0ms, 7ms); // our device is slow: clicks leave here so much earlier
  story.simulation.playout.setMode(DelayMode::inBeats(2));
  story.runUntil(30);
  for (const auto& click : ear.clicks) {
    if (click.at < 5e6) continue;
    REQUIRE(click.beats == 2);
    CHECK(click.offBy == Approx(-7000).margin(1000));
  }
}
