#include "SlowClock.hpp"

#include "Catch.hpp"

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

} // namespace

TEST_CASE("Slow motion and life agree on each moment")
{
  setenv("SLOW_MOTION", "8", 1); // read once
  REQUIRE(slow::factor() == 8);
  const auto clock = GENERATE(CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_REALTIME);
  const auto moment = slow::origin(clock) + 80'000 * kSecond + 8'000;
  const auto slowly = slow::toSlow(slow::timeOf(moment), clock);
  CHECK(slow::nanos(slowly) == slow::origin(clock) + 10'000 * kSecond + 1'000);
  CHECK(slow::nanos(slow::toReal(slowly, clock)) == moment);
}

TEST_CASE("What takes a second takes eight")
{
  setenv("SLOW_MOTION", "8", 1);
  CHECK(slow::nanos(slow::longer({1, 500})) == 8 * kSecond + 4'000);
  CHECK(slow::nanos(slow::shorter({8, 4'000})) == kSecond + 500);
}

TEST_CASE("Deadlines tell by their size which clock they mean")
{
  CHECK(slow::clockOf({1'700'000'000, 0}) == CLOCK_REALTIME);
  CHECK(slow::clockOf({86'400 * 365, 0}) == CLOCK_MONOTONIC);
}
