#include <Catch.hpp>
#include <algorithm>
#include <cmath>

#include "SineEar.hpp"

using namespace tutti;
using test::SineEar;
using test::StreamSimulation;

namespace {

/// From when on the filters have found both clocks.
constexpr double kSettled = 20; // s

void staysSteady(double senderPpm, double devicePpm, double seconds)
{
  CAPTURE(senderPpm, devicePpm);
  SineEar ear{1000};
  StreamSimulation simulation{{.senderPpm = senderPpm, .devicePpm = devicePpm, .wakeJitter = 20},
                              test::jitteryPath(500, 20, 0, 1),
                              ear.signal(),
                              ear.ear()};
  ear.listenTo(simulation);
  simulation.runUntil(seconds);

  const auto settled =
    std::ranges::find_if(ear.windows, [](const SineEar::Window& window) { return window.at > kSettled; });
  double shortest = 1e9, longest = -1e9, worst = -1e9;
  for (auto window = settled; window != ear.windows.end(); ++window) {
    shortest = std::min(shortest, window->delay);
    longest = std::max(longest, window->delay);
    worst = std::max(worst, window->residual);
  }
  CHECK(longest - shortest < 200); // µs: plus or minus 0.1 ms
  CHECK(worst < -100);             // dB
  const auto statistics = simulation.playout.statistics();
  CHECK(statistics.late == 0);
  CHECK(statistics.leaps == 0);
  CHECK(statistics.gaps == 0);
  CHECK(statistics.driftPpm == Approx(senderPpm - devicePpm).margin(2));
}

constexpr double kTenMinutes = 600;
constexpr double kHour = 3600;

} // namespace

TEST_CASE("Clocks 100 ppm apart: ten minutes without slip, delay within 0.1 ms, 100 dB clean")
{
  staysSteady(100, 0, kTenMinutes);
  staysSteady(0, 100, kTenMinutes);
}

TEST_CASE("Clocks 300 ppm apart: ten minutes without slip, delay within 0.1 ms, 100 dB clean")
{
  staysSteady(300, 0, kTenMinutes);
  staysSteady(0, 300, kTenMinutes);
}

TEST_CASE("Clocks 500 ppm apart: ten minutes without slip, delay within 0.1 ms, 100 dB clean")
{
  staysSteady(500, 0, kTenMinutes);
  staysSteady(0, 500, kTenMinutes);
}

TEST_CASE("An hour with clocks up to 500 ppm apart", "[.soak]")
{
  for (const double ppm : {100.0, 300.0, 500.0}) {
    staysSteady(ppm, 0, kHour);
    staysSteady(0, ppm, kHour);
  }
}

TEST_CASE("Other rates and blocks stay as clean")
{
  SineEar ear{1000};
  StreamSimulation simulation{
    {.senderPpm = -200, .block = 120, .deviceBlock = 37}, test::steadyPath(500), ear.signal(), ear.ear()};
  ear.listenTo(simulation);
  simulation.runUntil(60);
  for (const auto& window : ear.windows) {
    if (window.at < kSettled) continue;
    REQUIRE(window.residual < -100);
  }
  CHECK(simulation.playout.statistics().gaps == 0);
}

TEST_CASE("A sender at 44.1 kHz is heard at its pitch by a device at 48 kHz")
{
  const double hertz = 1000;
  std::vector<float> heard;
  std::vector<double> phases;
  StreamSimulation simulation{{.senderRate = 44'100},
                              test::steadyPath(500),
                              [&](std::int64_t frame) {
                                return static_cast<float>(
                                  0.5 * std::sin(test::radians(hertz / 44'100 * static_cast<double>(frame))));
                              },
                              [&](std::int64_t frame, float sample) {
                                if (frame < 30 * 48'000) return;
                                heard.push_back(sample);
                                phases.push_back(test::radians(hertz / 48'000 * static_cast<double>(frame)));
                              }};
  simulation.runUntil(31);
  const auto fit = test::fitSine(heard, phases);
  CHECK(fit.amplitude == Approx(0.5).epsilon(0.001));
  CHECK(fit.residualDb < -80); // over a whole second, with what the clocks still wander
}
