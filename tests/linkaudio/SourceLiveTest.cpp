#include <Catch.hpp>
#include <complex>
#include <vector>

#include <SineFit.hpp>

#include "Clicks.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using test::ChannelSimulation;
using test::Clicks;
using test::SessionStory;
using Setup = ChannelSimulation::Setup;

namespace {

constexpr double kHertz = 400;
constexpr double kHeight = 0.5;

Setup live()
{
  Setup setup;
  setup.placement = Placement::live();
  return setup;
}

ChannelSimulation::Signal sine(std::int32_t rate)
{
  return [cycles = kHertz / rate](double, std::int64_t frame, const SessionGrid&) {
    return static_cast<float>(kHeight *
                              std::sin(test::radians(std::fmod(cycles * static_cast<double>(frame), 1.0))));
  };
}

/// How much the signal bends from sample to sample, against what a sine of this height and pitch does.
struct ClickEar {
  ChannelSimulation::Ear ear(double from, double rate)
  {
    const double bend = kHeight * std::pow(test::radians(kHertz / rate), 2);
    return [this, from, bend](double at, float sample, const SessionGrid&) {
      const double second = static_cast<double>(sample) - 2 * last_ + before_;
      before_ = last_;
      last_ = static_cast<double>(sample);
      if (at * 1e-6 < from) return;
      worst = std::max(worst, std::abs(second) / bend);
      loudest = std::max(loudest, std::abs(last_));
      silent = std::abs(last_) < 1e-4 ? silent + 1 : 0;
      longestSilence = std::max(longestSilence, silent);
    };
  }

  double worst = 0;
  double loudest = 0;
  int silent = 0, longestSilence = 0;

private:
  double last_ = 0, before_ = 0;
};

// A step of 5 % of the height is what an ear finds in a low sine; it bends by this many times what the sine
// does.
constexpr double kAudible = 18;

} // namespace

TEST_CASE("On a quiet wire a live channel is heard within 10 ms")
{
  for (const std::size_t block : {32U, 64U, 128U}) {
    auto setup = live();
    setup.block = block;
    setup.deviceBlock = 64;
    Clicks clicks;
    ChannelSimulation simulation{setup, SessionStory{120}, Clicks::signal(), clicks.ear()};
    simulation.runUntil(20);
    REQUIRE(clicks.heard.size() > 30);
    double longest = 0;
    for (const auto& click : clicks.heard)
      if (click.at > 10) longest = std::max(longest, click.offBeat);
    CAPTURE(block, longest);
    CHECK(longest < 10); // from loudspeaker to loudspeaker; both devices take the same
    CHECK(longest > 3);
    const auto snapshot = simulation.look();
    CHECK(snapshot.isSounding);
    CHECK(snapshot.lag * 500 == Approx(longest).margin(2));
    CHECK(snapshot.gaps == 0);
  }
}

TEST_CASE(
  "One datagram in a hundred lost, 3 ms of jitter, disorder and repetitions: no click in either placement")
{
  for (const auto placement : {Placement::live(), Placement::inBeats(1)}) {
    auto setup = live();
    setup.placement = placement;
    setup.loss = 0.01;
    setup.jitter = 3000;
    setup.repeated = 0.02;
    ClickEar ear;
    ChannelSimulation simulation{setup, SessionStory{120}, sine(48'000), ear.ear(8, 48'000)};
    simulation.runUntil(60);
    const auto snapshot = simulation.look();
    CAPTURE(placement.beats, ear.worst, ear.loudest, snapshot.lost, snapshot.gaps, snapshot.concealed);
    CHECK(ear.worst < kAudible);
    CHECK(ear.loudest < 1.5 * kHeight);
    CHECK(snapshot.lost > 50);
    CHECK(snapshot.repeated > 100);
    CHECK(snapshot.gaps > 50);
    CHECK(snapshot.concealed > 50 * 251 * 7 / 10);
    CHECK(snapshot.concealed < snapshot.lost * 251 * 13 / 10);
  }
}

TEST_CASE("Going from one placement to another is a cross-fade")
{
  ClickEar ear;
  auto setup = live();
  ChannelSimulation simulation{setup, SessionStory{120}, sine(48'000), ear.ear(4, 48'000)};
  simulation.runUntil(6);
  CHECK(simulation.look().lag < 0.03);
  simulation.source.setPlacement(Placement::inBeats(2), ChannelSimulation::host(6e6));
  simulation.runUntil(9);
  CHECK(simulation.look().lag == Approx(2).margin(0.01));
  simulation.source.setPlacement(Placement::inBeats(1), ChannelSimulation::host(9e6));
  simulation.runUntil(12);
  CHECK(simulation.look().lag == Approx(1).margin(0.01));
  simulation.source.setPlacement(Placement::live(), ChannelSimulation::host(12e6));
  simulation.runUntil(15);
  CHECK(simulation.look().lag < 0.03);
  CHECK(ear.worst < kAudible);
  CHECK(ear.longestSilence < 480);
  CHECK(ear.loudest < 1.1 * kHeight);
}

TEST_CASE("Clocks 300 ppm apart and rates that differ are heard clean, in both placements")
{
  for (const auto placement : {Placement::live(), Placement::inBeats(1)})
    for (const double ppm : {300.0, -300.0}) {
      auto setup = live();
      setup.placement = placement;
      setup.senderRate = 44'100;
      setup.senderPpm = ppm;
      ClickEar ear;
      ChannelSimulation simulation{setup, SessionStory{120}, sine(44'100), ear.ear(8, 48'000)};
      simulation.runUntil(8);
      const auto settled = simulation.look();
      simulation.runUntil(60);
      const auto snapshot = simulation.look();
      CAPTURE(placement.beats, ppm, ear.worst);
      CHECK(ear.worst < 1.6);
      CHECK(snapshot.gaps == settled.gaps);
      CHECK(snapshot.late == settled.late);
      CHECK(settled.gaps <= 1); // while it learns how such a stream comes
    }
}

namespace {

/// A sine made by turning a pointer, and heard a tenth of a second in two.
void anHour(Placement placement, double ppm)
{
  auto setup = live();
  setup.placement = placement;
  setup.senderRate = 44'100;
  setup.senderPpm = ppm;
  setup.block = 64;
  setup.deviceBlock = 256;
  auto pointer = std::polar(kHeight, 0.0);
  const auto turn = std::polar(1.0, test::radians(kHertz / 44'100));
  std::vector<float> window;
  std::vector<double> phases;
  double worst = -1e9, shortest = 1e9, longest = -1e9, last = 0, unwrapped = 0;
  std::int64_t frame = 0, judged = 0;
  const double cycles = kHertz / 44'100 * 44'100 * (1 + ppm * 1e-6) / 48'000;
  const auto judge = [&] {
    const auto fit = test::fitSine(window, phases);
    const double delay = -fit.phase / test::radians(1) * 1e3 / kHertz; // ms
    unwrapped += judged == 0 ? 0 : std::remainder(delay - last, 1e3 / kHertz);
    last = delay;
    ++judged;
    worst = std::max(worst, fit.residualDb);
    shortest = std::min(shortest, unwrapped);
    longest = std::max(longest, unwrapped);
  };
  ChannelSimulation simulation{setup, SessionStory{120},
                               [&](double, std::int64_t at, const SessionGrid&) {
                                 if (at % 65'536 == 0) pointer *= kHeight / std::abs(pointer);
                                 return static_cast<float>((pointer *= turn).imag());
                               },
                               [&](double at, float sample, const SessionGrid&) {
                                 const auto place = frame++ % 48'000;
                                 if (at < 40e6 || place >= 4800) return;
                                 window.push_back(sample);
                                 phases.push_back(
                                   test::radians(std::fmod(cycles * static_cast<double>(frame), 1.0)));
                                 if (place != 4799) return;
                                 judge();
                                 window.clear();
                                 phases.clear();
                               }};
  simulation.runUntil(40);
  const auto settled = simulation.look();
  simulation.runUntil(3600);
  const auto snapshot = simulation.look();
  CAPTURE(placement.beats, ppm, worst, longest - shortest, judged);
  CHECK(judged > 3500);
  CHECK(worst < -60);
  CHECK(longest - shortest < 0.4); // ms; a slip would be a cycle of 2.5
  CHECK(snapshot.gaps == settled.gaps);
  CHECK(snapshot.late == settled.late);
  CHECK(snapshot.lost == 0);
}

} // namespace

TEST_CASE("An hour of a channel whose sender counts 300 ppm faster", "[.hour]")
{
  anHour(Placement::live(), 300);
  anHour(Placement::inBeats(1), 300);
}

TEST_CASE("An hour of a channel whose sender counts 300 ppm slower", "[.hour]")
{
  anHour(Placement::live(), -300);
  anHour(Placement::inBeats(1), -300);
}
