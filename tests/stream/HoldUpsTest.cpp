#include <tutti/stream/HoldUps.hpp>

#include <Catch.hpp>
#include <Dice.hpp>

#include "Leniency.hpp"

using namespace tutti;
using namespace tutti::stream;

namespace {

int countOf(HoldUps& holdUps, int times, auto&& took)
{
  int count = 0;
  for (int i = 0; i < times; ++i) count += holdUps.judge(took()) ? 1 : 0;
  return count;
}

} // namespace

TEST_CASE("What is late by more than half a millisecond was held up, and is told once")
{
  HoldUps holdUps;
  test::Dice dice{1};
  const auto usual = [&] { return 1500 + dice.real(0, 100); };
  CHECK(countOf(holdUps, 10'000, usual) == 0);
  CHECK(countOf(holdUps, 5, [] { return 2300.0; }) == 1);
  CHECK(countOf(holdUps, 1000, usual) == 0);
  CHECK(countOf(holdUps, 1, [] { return 9000.0; }) == 1);
}

TEST_CASE("Where callbacks come in bursts, that is how they come")
{
  HoldUps holdUps;
  int block = 0;
  const auto burst = [&] { return (block++ % 4) * -1333.0; };
  countOf(holdUps, 2000, burst);
  CHECK(countOf(holdUps, 10'000, burst) == 0);
}

TEST_CASE("What takes longer from now on is soon the usual")
{
  HoldUps holdUps;
  countOf(holdUps, 1000, [] { return 100.0; });
  CHECK(countOf(holdUps, 5000, [] { return 1400.0; }) == 1);
  CHECK(countOf(holdUps, 10, [] { return 2800.0; }) == 1);
}

TEST_CASE("Four standstills at once are let pass, and six a minute; towards safe fewer")
{
  constexpr double kSecond = 1e6;
  for (const auto& [stretch, aMinute] : {std::pair{1.0, 6}, {2.0, 2}}) {
    Leniency leniency;
    int atOnce = 0;
    for (double now = 0; now < kSecond; now += 0.1 * kSecond) atOnce += leniency.heldUp(now, stretch) ? 1 : 0;
    CHECK(atOnce == 4);
    int later = 0;
    for (double now = kSecond; now < 601 * kSecond; now += 0.1 * kSecond)
      later += leniency.heldUp(now, stretch) ? 1 : 0;
    CHECK(later == Approx(10 * aMinute).margin(10 * 0.5));
  }
}
