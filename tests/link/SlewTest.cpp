#include <Catch.hpp>
#include <Dice.hpp>
#include <Slew.hpp>

using namespace tutti;
using namespace tutti::link;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
constexpr Micros kHere{-5'000'000};
constexpr double kGentlest = 200e-6; // 200 ppm

Slew at(Micros intercept)
{
  Slew slew;
  slew.jumpTo({1.0, intercept});
  return slew;
}

/// Serves every alarm until it has arrived; how long that took.
Micros arrival(Slew& slew)
{
  auto now = kStart;
  while (slew.nextDeadline()) {
    now = *slew.nextDeadline();
    slew.advance(now);
  }
  return now - kStart;
}

} // namespace

TEST_CASE("A jump arrives at once")
{
  auto slew = at(kHere);
  CHECK(slew.transform().intercept == kHere);
  CHECK_FALSE(slew.nextDeadline());
  CHECK_FALSE(slew.advance(kStart));
}

TEST_CASE("A small correction is walked, 200 microseconds a second")
{
  auto slew = at(kHere);
  slew.moveTo(kHere + 1ms, kStart);
  CHECK(slew.transform().intercept == kHere);
  CHECK(arrival(slew) == 5s);
  CHECK(slew.transform().intercept == kHere + 1ms);
}

TEST_CASE("It is walked in both directions")
{
  auto slew = at(kHere);
  slew.moveTo(kHere - 1ms, kStart);
  CHECK(arrival(slew) == 5s);
  CHECK(slew.transform().intercept == kHere - 1ms);
}

TEST_CASE("Five milliseconds are still walked, a microsecond more is corrected at once")
{
  for (const auto sign : {1, -1}) {
    auto walking = at(kHere);
    walking.moveTo(kHere + sign * 5ms, kStart);
    CHECK(walking.nextDeadline());
    CHECK(walking.transform().intercept == kHere);

    auto jumping = at(kHere);
    jumping.moveTo(kHere + sign * (5ms + 1us), kStart);
    CHECK_FALSE(jumping.nextDeadline());
    CHECK(jumping.transform().intercept == kHere + sign * (5ms + 1us));
  }
}

TEST_CASE("It never walks faster, whenever the alarms come and the aim moves")
{
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    test::Dice dice{seed};
    auto slew = at(kHere);
    auto now = kStart;
    auto lastMoved = kStart;
    for (int i = 0; i < 200; ++i) {
      if (dice.whole(1, 10) == 1)
        slew.moveTo(slew.transform().intercept + Micros{dice.whole(-5000, 5000)}, now);
      const auto before = slew.transform().intercept;
      now += Micros{dice.whole(1, 300'000)};
      slew.advance(now);
      const auto step = slew.transform().intercept - before;
      CAPTURE(seed, i);
      CHECK(std::abs(static_cast<double>(step.count())) <=
            kGentlest * static_cast<double>((now - lastMoved).count()));
      if (step != 0us) lastMoved = now;
    }
  }
}

TEST_CASE("Nothing moves before its time")
{
  auto slew = at(kHere);
  slew.moveTo(kHere + 1ms, kStart);
  CHECK_FALSE(slew.advance(*slew.nextDeadline() - 1us));
  CHECK(slew.transform().intercept == kHere);
  CHECK(slew.advance(*slew.nextDeadline()));
  CHECK(slew.transform().intercept == kHere + 10us);
}

TEST_CASE("A new aim replaces the old one on the way")
{
  auto slew = at(kHere);
  slew.moveTo(kHere + 1ms, kStart);
  slew.advance(kStart + 50ms);
  slew.moveTo(kHere, kStart + 50ms);
  slew.advance(kStart + 100ms);
  CHECK(slew.transform().intercept == kHere);
  CHECK_FALSE(slew.nextDeadline());
}
