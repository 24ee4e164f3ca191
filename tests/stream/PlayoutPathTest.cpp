#include <Catch.hpp>
#include <algorithm>
#include <cmath>

#include "SineEar.hpp"

using namespace tutti;
using namespace std::chrono_literals;
using test::StreamSimulation;
using test::Traffic;

namespace {

/// Someone who hears how long a signal was under way, to the frame: each sample is 40 s of saw tooth.
struct Probe {
  static constexpr double kCycle = 40 * 48'000;

  static float signal(std::int64_t frame)
  {
    return static_cast<float>(std::fmod(static_cast<double>(frame), kCycle) / kCycle);
  }
};

/// A stream over a path, and its delay beyond the path's own, second by second.
class Story {
public:
  explicit Story(Traffic traffic, StreamSimulation::Signal signal, StreamSimulation::Setup setup = {})
    : simulation{setup, std::move(traffic), std::move(signal),
                 [this](std::int64_t, float sample) { hear(sample); }}
  {}

  /// µs that a frame waits here, from its usual arrival.
  double playoutAt(double seconds)
  {
    simulation.runUntil(seconds);
    return static_cast<double>(simulation.playout.statistics().playout.count());
  }
  stream::PlayoutStatistics statistics() { return simulation.playout.statistics(); }

  double loudestCorner = 0; ///< the largest change of slope: what the ear takes for a click
  bool isListening = false;

private:
  void hear(float sample)
  {
    if (isListening)
      loudestCorner =
        std::max(loudestCorner, std::abs(static_cast<double>(sample - 2 * last_ + beforeLast_)));
    beforeLast_ = last_;
    last_ = sample;
  }

  float last_ = 0;
  float beforeLast_ = 0;

public:
  StreamSimulation simulation; // after what its ear writes to
};

StreamSimulation::Signal sine(double hertz)
{
  return [=](std::int64_t frame) {
    return static_cast<float>(0.5 * std::sin(test::radians(hertz / 48'000 * static_cast<double>(frame))));
  };
}
double cornerOf(double hertz)
{
  return 0.5 * std::pow(test::radians(hertz / 48'000), 2);
}

/// Notes of 300 ms with 200 ms of near silence between them.
float notes(std::int64_t frame)
{
  const double place = std::fmod(static_cast<double>(frame), 24'000.0) / 48'000; // s
  const double envelope = place < 0.3 ? std::pow(std::sin(test::radians(place / 0.6)), 2) : 0;
  return static_cast<float>(0.5 * envelope *
                            std::sin(test::radians(440.0 / 48'000 * static_cast<double>(frame))));
}

constexpr double kBlock = 64 / 0.048; // µs
constexpr double kResampler = 16 / 0.048;

} // namespace

TEST_CASE("On an ideal path a frame is played within 1.9 ms of its arrival, block and resampler included")
{
  Story story{test::steadyPath(500), sine(440)};
  CHECK(story.playoutAt(30) + kResampler < 1900);
  CHECK(story.statistics().gaps == 0);
}

TEST_CASE("With 1 ms of jitter a frame is played within 3.0 ms of its usual arrival, and none is late")
{
  Story story{test::jitteryPath(10e3, 1000, 0, 2), sine(440)};
  CHECK(story.playoutAt(60) + kResampler < 3000);
  CHECK(story.statistics().late == 0);
}

TEST_CASE("With 5 ms of jitter and loss a frame is played within 7.2 ms, and after the start only lost ones "
          "are made up")
{
  Story story{test::jitteryPath(10e3, 5000, 0.01, 3), sine(440)};
  story.playoutAt(15);
  const auto early = story.statistics();
  CHECK(story.playoutAt(75) + kResampler < 7200);
  const auto late = story.statistics();
  CHECK(late.late - early.late <= 2 * 64);
  const double share =
    static_cast<double>(late.concealed - early.concealed) / static_cast<double>(late.played - early.played);
  CHECK(share == Approx(0.01).margin(0.002));
}

TEST_CASE("A way that becomes 30 ms longer is settled on within half a second, without a click")
{
  Story story{test::routeChange(10e3, 30e3, 20e6, 1e12), sine(440)};
  const double before = story.playoutAt(20);
  story.isListening = true;
  CHECK(story.playoutAt(20.5) == Approx(before).margin(100)); // on top of a way that is 30 ms longer
  CHECK(story.loudestCorner < 5 * cornerOf(440));
  CHECK(story.statistics().gaps == 1);
  story.playoutAt(40);
  CHECK(story.statistics().gaps == 1);
}

TEST_CASE("A way that becomes 30 ms shorter is made use of within 16 seconds by resampling, without a click")
{
  Story story{test::routeChange(40e3, -30e3, 20e6, 1e12), sine(440)};
  const double before = story.playoutAt(20);
  story.isListening = true;
  CHECK(story.playoutAt(21) > before + 25e3);
  CHECK(story.playoutAt(36) == Approx(before).margin(100));
  CHECK(story.loudestCorner < 1.1 * cornerOf(440));
  CHECK(story.statistics().leaps == 0);
}

TEST_CASE("A way that becomes 30 ms shorter is made use of within 3 seconds where there are quiet places")
{
  Story story{test::routeChange(40e3, -30e3, 20e6, 1e12), notes};
  const double before = story.playoutAt(20);
  story.isListening = true;
  CHECK(story.playoutAt(23) == Approx(before).margin(500));
  CHECK(story.loudestCorner < 1.1 * cornerOf(440));
  CHECK(story.statistics().leaps >= 1);
}

TEST_CASE("A stream that came by a server for its first second is as short as one that never did")
{
  StreamSimulation::Setup setup;
  setup.otherWayFrom = 1e6;
  auto byServer = test::jitteryPath(20e3, 9000, 0, 11);
  auto direct = test::jitteryPath(10e3, 5000, 0, 12);
  Story story{
    {"upgrade", [=](double now) mutable { return now < 1e6 ? byServer.travel(now) : direct.travel(now); }},
    sine(440),
    setup};
  CHECK(story.playoutAt(16) < 7000);
  CHECK(std::abs(story.statistics().driftPpm) < 50);
  const auto late = story.statistics().late;
  CHECK(story.playoutAt(60) < 7000);
  CHECK(story.statistics().late - late < 3 * 64);
}

TEST_CASE("Whoever sees that sound comes by a longer way settles on it at once, by one leap without a click")
{
  StreamSimulation::Setup setup;
  setup.otherWayFrom = 20e6;
  Story story{test::routeChange(10e3, 30e3, 20e6, 1e12), sine(440), setup};
  const double before = story.playoutAt(19.9);
  const auto leaps = story.statistics().leaps;
  story.isListening = true;
  CHECK(story.playoutAt(20.2) < before + 700);
  CHECK(story.playoutAt(26) == Approx(before).margin(100));
  CHECK(story.statistics().leaps == leaps + 1);
  CHECK(story.loudestCorner < 5 * cornerOf(440));
}

TEST_CASE(
  "Sound that comes by a shorter way is not interrupted, and the delay is given back within 16 seconds")
{
  StreamSimulation::Setup setup;
  setup.otherWayFrom = 20e6;
  auto relayed = test::jitteryPath(40e3, 3000, 0, 13);
  auto direct = test::jitteryPath(10e3, 1000, 0, 14);
  Story story{
    {"upgrade", [=](double now) mutable { return now < 20e6 ? relayed.travel(now) : direct.travel(now); }},
    sine(440),
    setup};
  story.playoutAt(19.9);
  const auto before = story.statistics();
  CHECK(story.playoutAt(40) < 3000);
  CHECK(story.statistics().late - before.late <= 64);
  CHECK(story.statistics().concealed - before.concealed <= 128);
}

TEST_CASE("A late burst lengthens the delay at once; it does not come late again")
{
  Story story{test::stalls(5000, 10e6, 12e3), sine(440)};
  story.playoutAt(15);
  const auto first = story.statistics();
  CHECK(first.playout > 12ms);
  story.playoutAt(59);
  CHECK(story.statistics().late == first.late);
}

TEST_CASE("One short accident a minute costs no delay; a second one does")
{
  const auto accidentAt = [](double now, double at) { return now > at && now < at + 1400 ? 1500.0 : 0.0; };
  Story story{{"two accidents",
               [=](double now) -> std::optional<double> {
                 return 500 + accidentAt(now, 20e6) + accidentAt(now, 30e6);
               }},
              sine(440)};
  const double before = story.playoutAt(19);
  CHECK(story.playoutAt(29) == Approx(before).margin(50));
  CHECK(story.statistics().concealed <= 2 * 64);
  CHECK(story.playoutAt(31) > before + 1000);
}

TEST_CASE("An instant reset forgets a burst without a click")
{
  Story burst{{"one burst",
               [](double now) -> std::optional<double> {
                 return 5000 + (now > 15e6 && now < 15.02e6 ? 15.02e6 - now : 0);
               }},
              sine(440)};
  CHECK(burst.playoutAt(16) > 15e3);
  burst.isListening = true;
  burst.simulation.playout.reset();
  CHECK(burst.playoutAt(16.1) < 2500);
  CHECK(burst.loudestCorner < 5 * cornerOf(440));
}

TEST_CASE("The control from low delay to safe: shorter with more late frames, or longer with fewer")
{
  double lastPlayout = 0;
  double lastLate = 1e9;
  for (const double intent : {0.0, 0.5, 1.0}) {
    Story story{test::wifi(4), sine(440)};
    story.simulation.playout.setIntent(stream::Intent::of(intent));
    story.playoutAt(20);
    double sum = 0;
    for (int second = 20; second < 80; ++second) sum += story.playoutAt(second);
    const auto late = static_cast<double>(story.statistics().late);
    CAPTURE(intent);
    CHECK(sum > lastPlayout);
    CHECK(late <= lastLate);
    lastPlayout = sum;
    lastLate = late;
  }
}

TEST_CASE("The wait stays between the limits that were asked for")
{
  Story story{test::steadyPath(500), sine(440)};
  story.simulation.playout.setLimits(8ms, 20ms);
  CHECK(story.playoutAt(10) == Approx(8000 + kBlock).margin(100));
  Story bursts{test::stalls(5000, 2e6, 60e3), sine(440)};
  bursts.simulation.playout.setLimits(0ms, 20ms);
  CHECK(bursts.playoutAt(20) < 20e3 + kBlock + 200);
}

TEST_CASE("Steady keeps a fixed time from instrument to ear while the way changes; the change over is a fade")
{
  Story story{test::routeChange(10e3, 5000, 20e6, 1e12), sine(440)};
  auto& playout = story.simulation.playout;
  story.playoutAt(10);
  playout.setElsewhere(10ms, 1ms);
  story.isListening = true;
  playout.setMode({stream::DelayMode::Kind::steady, 40ms});
  CHECK(story.playoutAt(10.2) == Approx(40e3 - 10e3 - 1000 - kResampler).margin(200));
  CHECK(story.loudestCorner < 5 * cornerOf(440));
  CHECK(story.playoutAt(19) == Approx(40e3 - 10e3 - 1000 - kResampler).margin(20));
  story.playoutAt(20.3);
  playout.setElsewhere(15ms, 1ms);
  CHECK(story.playoutAt(24) == Approx(40e3 - 15e3 - 1000 - kResampler).margin(100));
  playout.setMode({});
  CHECK(story.playoutAt(24.2) < 8000);
  CHECK(story.loudestCorner < 5 * cornerOf(440));
}

TEST_CASE("What is shown as playout and resampler, and the path, add up to what is heard: within 0.1 ms")
{
  for (auto& traffic : {test::steadyPath(500), test::jitteryPath(10e3, 1000, 0, 2)}) {
    CAPTURE(traffic.name);
    const double path = traffic.name == "steady" ? 500 : 10e3;
    double heardAt = 0;
    double sentAt = 0;
    StreamSimulation* running = nullptr;
    StreamSimulation simulation{
      {.senderPpm = 150, .wakeJitter = 20}, traffic, Probe::signal, [&](std::int64_t frame, float sample) {
        heardAt = running->playedAt(static_cast<double>(frame));
        sentAt = running->sentAt(static_cast<double>(sample) * Probe::kCycle);
      }};
    running = &simulation;
    simulation.runUntil(30);
    const auto shown = simulation.playout.statistics();
    const double sum = path + static_cast<double>((shown.playout + shown.resampler).count());
    CHECK(heardAt - sentAt == Approx(sum).margin(100));
  }
}

TEST_CASE("A sender that begins anew at another count is heard again at once")
{
  Story story{test::steadyPath(500), sine(440)};
  story.playoutAt(5);
  auto& playout = story.simulation.playout;
  const std::vector<float> frames(64, 0.25F);
  const std::span<const float> channel{frames};
  float loudest = 0;
  std::vector<float> out(64);
  for (int i = 0; i < 20; ++i) {
    const auto now = hostTime(1'000'000'000 + 5'000'000 + i * 1333);
    playout.receive(SampleTime{1'000'000'000 + i * 64}, {&channel, 1}, now, now);
    const std::span<float> room{out};
    playout.render({&room, 1}, SampleTime{5 * 48'000 + i * 64}, now, now);
    loudest = out.back();
  }
  CHECK(loudest == Approx(0.25F).margin(0.001));
}

TEST_CASE("A device that lost frames goes on at the same delay")
{
  Story story{test::steadyPath(500), sine(440)};
  const double before = story.playoutAt(10);
  auto& playout = story.simulation.playout;
  std::vector<float> out(64);
  const std::span<float> room{out};
  const auto skipped = SampleTime{10 * 48'000 + 640};
  const auto asked = hostTime(1'000'000'000 + 10'013'333);
  playout.render({&room, 1}, skipped, asked, asked); // ten blocks later
  CHECK(static_cast<double>(playout.statistics().playout.count()) == Approx(before).margin(100));
}

TEST_CASE("A device that counts a block that never was goes on at the same delay, and none is late")
{
  Story story{test::steadyPath(500), sine(440), {.wakeJitter = 20, .breakAt = 15e6, .breakFrames = 64}};
  const double before = story.playoutAt(14.9);
  CHECK(story.playoutAt(16) == Approx(before).margin(100));
  CHECK(story.statistics().late == 0);
  CHECK(story.playoutAt(25) == Approx(before).margin(100));
}

TEST_CASE("Before the stream there is silence")
{
  stream::Playout playout{{audio::SampleRate::fromHertz(48'000), audio::SampleRate::fromHertz(48'000)}, 2};
  std::vector<float> left(64, 1.0F), right(64, 1.0F);
  const std::array<std::span<float>, 2> out{left, right};
  playout.render(out, SampleTime{0}, hostTime(0), hostTime(0));
  CHECK(std::ranges::count(left, 0.0F) == 64);
  CHECK(std::ranges::count(right, 0.0F) == 64);
  CHECK_FALSE(playout.statistics().isPlaying);
}
