#include "ClockFilter.hpp"

#include <Catch.hpp>
#include <Dice.hpp>
#include <cmath>

using namespace tutti;
using stream::ClockFilter;

namespace {

constexpr std::int64_t kBlock = 64;
const auto kRate = audio::SampleRate::fromHertz(48'000);

/// A device that counts too fast or too slow, seen through jitter.
struct Device {
  double ppm = 0;
  double jitter = 0; // µs, plus or minus
  test::Dice dice{1};
  std::int64_t frame = 0;

  [[nodiscard]] double momentOf(std::int64_t at) const
  {
    return 5e9 + static_cast<double>(at) / (48'000 * (1 + ppm * 1e-6)) * 1e6;
  }
  void tell(ClockFilter& filter, double seconds)
  {
    for (const auto end = frame + static_cast<std::int64_t>(seconds * 48'000); frame < end; frame += kBlock)
      filter.add(frame, kBlock, momentOf(frame) + dice.real(-jitter, jitter));
  }
};

} // namespace

TEST_CASE("After four seconds a clock is known to 2 ppm and 2 microseconds")
{
  for (const double ppm : {-500.0, -100.0, 0.0, 300.0, 500.0}) {
    Device device{ppm};
    ClockFilter filter{kRate};
    device.tell(filter, 4);
    CAPTURE(ppm);
    CHECK(filter.driftPpm() == Approx(ppm).margin(2));
    CHECK(filter.microsAt(static_cast<double>(device.frame)) ==
          Approx(device.momentOf(device.frame)).margin(2));
  }
}

TEST_CASE("A millisecond of jitter becomes 10 ppm and 50 microseconds at most, after a minute")
{
  Device device{.ppm = 200, .jitter = 1000};
  ClockFilter filter{kRate};
  device.tell(filter, 60);
  for (int second = 0; second < 60; ++second) {
    device.tell(filter, 1);
    REQUIRE(filter.driftPpm() == Approx(200).margin(10));
    REQUIRE(std::abs(filter.microsAt(static_cast<double>(device.frame)) - device.momentOf(device.frame)) <
            50);
  }
}

TEST_CASE("Frames and moments are each other's inverse")
{
  Device device{.ppm = 100};
  ClockFilter filter{kRate};
  device.tell(filter, 5);
  for (const double frame : {-1000.0, 0.5, 1e6})
    CHECK(filter.frameAt(filter.microsAt(frame)) == Approx(frame));
}

TEST_CASE("Blocks that overtake each other say the same as blocks in order")
{
  Device device{.ppm = 100};
  ClockFilter filter{kRate};
  for (std::int64_t frame = 0; frame < 48'000 * 8; frame += 2 * kBlock) {
    filter.add(frame + kBlock, kBlock, device.momentOf(frame + kBlock));
    filter.add(frame, kBlock, device.momentOf(frame));
  }
  CHECK(filter.driftPpm() == Approx(100).margin(2));
  CHECK(filter.microsAt(0) == Approx(device.momentOf(0)).margin(50));
}

TEST_CASE("A shift moves the line, its rate stays")
{
  Device device{.ppm = 100};
  ClockFilter filter{kRate};
  device.tell(filter, 5);
  const auto before = filter.microsAt(0);
  const auto rate = filter.microsPerFrame();
  filter.shift(30e3);
  CHECK(filter.microsAt(0) == Approx(before + 30e3));
  CHECK(filter.microsPerFrame() == rate);
}

TEST_CASE("No clock is believed to be off by more than 1000 ppm")
{
  Device device{.ppm = 3000};
  ClockFilter filter{kRate};
  device.tell(filter, 10);
  CHECK(filter.driftPpm() < 1002);
}
