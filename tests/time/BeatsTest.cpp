#include <Catch.hpp>
#include <Dice.hpp>
#include <MathVectors.hpp>
#include <limits>
#include <tutti/time/Beats.hpp>

using namespace tutti;
using namespace tutti::time::literals;
using time::Beats;

namespace {

// Spec link 5.1
static_assert(Beats::fromDouble(0.5).microBeats() == 500'000);
static_assert(Beats::fromDouble(-0.1).microBeats() == -100'000);
static_assert(Beats::fromDouble(5e-7).microBeats() == 1);
static_assert(Beats::fromDouble(-5e-7).microBeats() == -1);

static_assert(4_beats == Beats::fromMicroBeats(4'000'000) && 0.25_beats + 0.75_beats == 1_beats);
static_assert(-(1_beats) < 0_beats && 1_beats - 3_beats == -(2_beats));

constexpr auto kLast = Beats::fromMicroBeats(INT64_MAX);
constexpr auto kFirst = Beats::fromMicroBeats(INT64_MIN);
static_assert(kLast + 1_beats == kLast && kFirst - 1_beats == kFirst && -kFirst == kLast);

} // namespace

TEST_CASE("Beats from fractions, as the vectors say")
{
  const auto lines = test::mathVectors("beats conv");
  REQUIRE(lines.size() == 7);
  for (const auto& line : lines) {
    CAPTURE(line);
    const auto vector = test::numbers("Beats(#)=#", line);
    REQUIRE(vector);
    CHECK(Beats::fromDouble((*vector)[0]).microBeats() == test::whole((*vector)[1]));
  }
}

TEST_CASE("A beat position survives being shown and typed in again")
{
  test::Dice dice{31};
  for (int i = 0; i < 20'000; ++i) {
    const auto beats = Beats::fromMicroBeats(dice.whole(-1'000'000'000'000'000, 1'000'000'000'000'000));
    CAPTURE(i, beats.microBeats());
    if (Beats::fromDouble(beats.toDouble()) != beats) FAIL("not the same");
  }
}

TEST_CASE("Fractions that are no numbers, or too large, become beats that can be counted with")
{
  constexpr auto kInfinity = std::numeric_limits<double>::infinity();
  CHECK(Beats::fromDouble(std::numeric_limits<double>::quiet_NaN()) == 0_beats);
  CHECK(Beats::fromDouble(kInfinity).microBeats() == time::kLargest);
  CHECK(Beats::fromDouble(-kInfinity).microBeats() == -time::kLargest);
  CHECK(Beats::fromDouble(1e300).microBeats() == time::kLargest);
}

TEST_CASE("Going forward and back leads home")
{
  test::Dice dice{32};
  for (int i = 0; i < 20'000; ++i) {
    const auto from = Beats::fromMicroBeats(dice.whole(-time::kLargest, time::kLargest));
    const auto by = Beats::fromMicroBeats(dice.whole(-time::kLargest, time::kLargest));
    CAPTURE(i, from.microBeats(), by.microBeats());
    if (from + by - by != from || from - by != from + -by) FAIL("lost the way");
  }
}

TEST_CASE("No sum of beats overflows")
{
  test::Dice dice{33};
  for (int i = 0; i < 20'000; ++i) {
    const auto a = Beats::fromMicroBeats(dice.anyWhole());
    const auto b = Beats::fromMicroBeats(dice.anyWhole());
    CAPTURE(i, a.microBeats(), b.microBeats());
    if ((a + b > a) != (b > 0_beats) && a + b != a) FAIL("order of sums");
    if ((a - b < a) != (b > 0_beats) && a - b != a) FAIL("order of differences");
  }
}
