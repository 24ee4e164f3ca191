#include <Catch.hpp>
#include <cmath>
#include <vector>

#include <SineFit.hpp>

#include "Varispeed.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using test::radians;

namespace {

constexpr std::size_t kMargin = 128;

test::SineFit playSine(double cycles, double speed)
{
  std::vector<float> frames(40'000);
  for (std::size_t i = 0; i < frames.size(); ++i)
    frames[i] = static_cast<float>(std::sin(radians(cycles * static_cast<double>(i))));
  const Varispeed varispeed;
  std::vector<float> heard;
  std::vector<double> phases;
  for (double place = kMargin + 0.3; place < 39'000 && heard.size() < 8000; place += speed) {
    heard.push_back(varispeed.read(frames, place, speed));
    phases.push_back(radians(std::fmod(cycles * place, 1.0)));
  }
  return test::fitSine(heard, phases);
}

} // namespace

TEST_CASE("A sine is read between the frames at any speed, in place and clean")
{
  for (const double speed : {0.25, 0.91875, 0.9999, 1.0, 1.0884, 1.2, 2.0, 3.0, 3.9}) {
    const auto fit = playSine(0.02, speed);
    CAPTURE(speed, fit.residualDb, fit.phase);
    CHECK(fit.residualDb < (speed > 1.1 ? -50 : -65));
    CHECK(std::abs(fit.phase) < 1e-3);
    CHECK(fit.amplitude == Approx(1).margin(0.01));
  }
}

TEST_CASE("The upper treble passes at usual speed")
{
  CHECK(playSine(15.0 / 48, 1.0).amplitude == Approx(1).margin(0.02));
}

TEST_CASE("What the output cannot carry at three times the speed is filtered away")
{
  double loudest = 0;
  std::vector<float> frames(40'000);
  for (std::size_t i = 0; i < frames.size(); ++i)
    frames[i] = static_cast<float>(std::sin(radians(0.3 * static_cast<double>(i))));
  const Varispeed varispeed;
  for (double place = kMargin; place < 39'000; place += 3)
    loudest = std::max(loudest, std::abs(static_cast<double>(varispeed.read(frames, place, 3))));
  CHECK(loudest < 0.01);
}

TEST_CASE("A constant stays what it is")
{
  const std::vector<float> frames(512, 0.5F);
  const Varispeed varispeed;
  for (const double speed : {0.5, 1.0, 2.7, 100.0})
    for (double place = kMargin; place < 300; place += 0.37)
      CHECK(varispeed.read(frames, place, speed) == Approx(0.5F).margin(1e-4));
}

TEST_CASE("No read goes beyond its reach")
{
  for (const double speed : {0.1, 1.0, 1.11, 2.0, 4.0, 1000.0})
    CHECK(Varispeed::reachAt(speed) <= Varispeed::kMostReach + 1);
}
