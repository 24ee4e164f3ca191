#include "ArrivalLine.hpp"

#include <Catch.hpp>
#include <cmath>
#include <optional>

#include "Traffic.hpp"

using namespace tutti;
using stream::ArrivalLine;
using test::Traffic;

namespace {

/// Packets of 64 frames on a path, and what the line made of them.
struct Watch {
  explicit Watch(Traffic path)
    : traffic{std::move(path)}
  {}

  void until(double seconds)
  {
    for (; now() < seconds * 1e6; frame += 64)
      if (const auto travel = traffic.travel(now())) note(line.add(frame, 64, now() + *travel));
  }
  void note(const ArrivalLine::Verdict& verdict)
  {
    if (!verdict.step) return;
    ++steps;
    stepped = *verdict.step;
    steppedAt = now();
  }
  [[nodiscard]] double now() const { return static_cast<double>(frame) / 0.048; } // µs

  Traffic traffic;
  ArrivalLine line{audio::SampleRate::fromHertz(48'000)};
  std::int64_t frame = 0;
  int steps = 0;
  double stepped = 0;
  double steppedAt = 0;
};

} // namespace

TEST_CASE("A way that becomes 30 ms longer is known as such within 0.2 s, and one that becomes shorter too")
{
  Watch watch{test::routeChange(10e3, 30e3, 20e6, 40e6)};
  watch.until(30);
  CHECK(watch.steps == 1);
  CHECK(watch.stepped == Approx(30e3).margin(100));
  CHECK(watch.steppedAt < 20.2e6);
  watch.until(50);
  CHECK(watch.steps == 2);
  CHECK(watch.stepped == Approx(-30e3).margin(100));
  CHECK(watch.steppedAt < 40.2e6);
}

TEST_CASE("A step does not change what is known of the clocks")
{
  Watch watch{test::routeChange(10e3, 30e3, 20e6, 1e12)};
  watch.until(40);
  CHECK(watch.line.clock().driftPpm() == Approx(0).margin(1));
}

TEST_CASE("Jitter, radio and stalls are no steps")
{
  for (auto& traffic :
       {test::jitteryPath(10e3, 5000, 0.01, 3), test::wifi(4), test::stalls(5000, 5e6, 30e3)}) {
    Watch watch{traffic};
    watch.until(120);
    CAPTURE(traffic.name);
    CHECK(watch.steps == 0);
    CHECK(watch.line.clock().driftPpm() == Approx(0).margin(25));
  }
}

TEST_CASE("A queue that fills and drains bends no clock by more than 150 ppm")
{
  Watch watch{test::swell(10e3, 50e3, 20e6, 6)};
  for (int second = 1; second < 60; ++second) {
    watch.until(second);
    REQUIRE(std::abs(watch.line.clock().driftPpm()) < 150);
  }
}

TEST_CASE("What comes later after a break at the sender's is a step within 20 ms; a burst beside it is none")
{
  for (const double by : {600.0, 6000.0}) {
    Watch longer{
      {"longer", [=](double now) -> std::optional<double> { return now < 30e6 ? 500 : 500 + by; }}};
    longer.until(30);
    longer.line.senderBroke(longer.now());
    longer.until(30.02);
    CHECK(longer.steps == 1);
    CHECK(longer.stepped == Approx(by).margin(100));
  }

  Watch burst{{"burst", [](double now) -> std::optional<double> {
                 return now < 30e6 || now > 30.01e6 ? 500 : 500 + 30.01e6 - now;
               }}};
  burst.until(30);
  burst.line.senderBroke(burst.now());
  burst.until(31);
  CHECK(burst.steps == 0);
}
