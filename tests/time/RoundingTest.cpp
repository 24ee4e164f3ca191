#include <Catch.hpp>
#include <Dice.hpp>
#include <cmath>
#include <limits>
#include <tutti/time/Rounding.hpp>

using namespace tutti;
using time::kLargest;
using time::rounded;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

static_assert(rounded(2.5) == 3 && rounded(-2.5) == -3 && rounded(3.5) == 4); // not to even
static_assert(rounded(kNaN) == 0);
static_assert(rounded(kInfinity) == kLargest && rounded(-kInfinity) == -kLargest);
static_assert(rounded(0x1p62) == kLargest && rounded(-0x1p62) == -kLargest);
static_assert(rounded(0x1.fffffffffffffp61) == 0x3ffffffffffffe00);

static_assert(time::saturatingSum(INT64_MAX, 1) == INT64_MAX);
static_assert(time::saturatingSum(INT64_MIN, -1) == INT64_MIN);
static_assert(time::saturatingSum(INT64_MIN, INT64_MAX) == -1);
static_assert(time::saturatingDifference(0, INT64_MIN) == INT64_MAX);
static_assert(time::saturatingDifference(-1, INT64_MIN) == INT64_MAX);
static_assert(time::saturatingDifference(-2, INT64_MAX) == INT64_MIN);

/// The truth, with more bits than any operand.
std::int64_t narrowed(__int128 wide)
{
  if (wide > INT64_MAX) return INT64_MAX;
  if (wide < INT64_MIN) return INT64_MIN;
  return static_cast<std::int64_t>(wide);
}

} // namespace

TEST_CASE("Rounding is that of llround wherever that is defined")
{
  test::Dice dice{21};
  for (int i = 0; i < 200'000; ++i) {
    const auto value = dice.anyReal();
    if (!(std::abs(value) < 0x1p62)) continue;
    if (rounded(value) != std::llround(value)) FAIL(value << " differs from llround");
  }
}

TEST_CASE("Halves, and the doubles beside them, round like llround")
{
  test::Dice dice{22};
  for (int i = 0; i < 100'000; ++i) {
    const auto magnitude = std::ldexp(1.0, static_cast<int>(dice.whole(0, 54)));
    const auto half = std::floor(dice.real(-magnitude, magnitude)) + 0.5;
    for (const auto value : {half, std::nextafter(half, kInfinity), std::nextafter(half, -kInfinity)}) {
      if (rounded(value) != std::llround(value)) FAIL(value << " differs from llround");
    }
  }
}

TEST_CASE("Whatever double comes, the result is one that can be added to another")
{
  test::Dice dice{23};
  for (int i = 0; i < 200'000; ++i) {
    const auto value = dice.anyReal();
    if (rounded(value) > kLargest || rounded(value) < -kLargest) FAIL(value << " became too large");
  }
}

TEST_CASE("Sums and differences are exact, or the nearest there is")
{
  test::Dice dice{24};
  for (int i = 0; i < 200'000; ++i) {
    const auto a = dice.anyWhole();
    const auto b = dice.anyWhole();
    if (time::saturatingSum(a, b) != narrowed(__int128{a} + b)) FAIL(a << " + " << b);
    if (time::saturatingDifference(a, b) != narrowed(__int128{a} - b)) FAIL(a << " - " << b);
  }
}
