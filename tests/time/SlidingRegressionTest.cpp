#include <Catch.hpp>
#include <Dice.hpp>
#include <MathVectors.hpp>
#include <cmath>
#include <deque>
#include <tutti/time/SlidingRegression.hpp>

using namespace tutti;
using time::SlidingRegression;

namespace {

/// The same line by the textbook: all points again each time, centred, with longer numbers.
class Textbook {
public:
  explicit Textbook(std::size_t window)
    : window_{window}
  {}

  void add(std::int64_t x, std::int64_t y)
  {
    if (points_.size() == window_) points_.pop_front();
    points_.push_back({static_cast<long double>(x), static_cast<long double>(y)});
  }

  [[nodiscard]] long double slope() const
  {
    const auto mean = this->mean();
    long double xx = 0;
    long double xy = 0;
    for (const auto& point : points_) {
      xx += (point.x - mean.x) * (point.x - mean.x);
      xy += (point.x - mean.x) * (point.y - mean.y);
    }
    return xx == 0 ? 0 : xy / xx;
  }
  [[nodiscard]] long double at(std::int64_t x) const
  {
    return mean().y + slope() * (static_cast<long double>(x) - mean().x);
  }

private:
  struct Point {
    long double x = 0;
    long double y = 0;
  };
  [[nodiscard]] Point mean() const
  {
    Point sum;
    for (const auto& point : points_) sum = {sum.x + point.x, sum.y + point.y};
    const auto n = static_cast<long double>(points_.size());
    return {sum.x / n, sum.y / n};
  }

  std::size_t window_;
  std::deque<Point> points_;
};

bool isNear(double value, long double truth, long double tolerance)
{
  return std::abs(static_cast<long double>(value) - truth) <= tolerance;
}

struct Walk {
  std::int64_t startX = 0;
  std::int64_t startY = 0;
  std::int64_t stepX = 0;
  std::int64_t stepY = 0;
  std::int64_t scatter = 0;
};

/// Follows the walk with both, and compares after each step.
void compareOn(const Walk& walk, int steps, test::Dice& dice)
{
  SlidingRegression<32> ours;
  Textbook truth{32};
  for (int i = 0; i < steps; ++i) {
    const auto x = walk.startX + i * walk.stepX;
    const auto y = walk.startY + i * walk.stepY + dice.whole(-walk.scatter, walk.scatter);
    ours.add(x, y);
    truth.add(x, y);
    const auto expected = truth.at(x);
    CAPTURE(i, x, y, ours.at(x), static_cast<double>(expected));
    // One unit in the last place of the value itself: there is no finer double to return.
    const auto unit = std::max(1e-9L, std::abs(expected) * 0x1p-52L);
    if (!isNear(ours.at(x), expected, unit)) FAIL("value");
    if (!isNear(ours.slope(), truth.slope(), 1e-9L * (1 + std::abs(truth.slope())))) FAIL("slope");
  }
}

} // namespace

TEST_CASE("Without points the line is zero, with one it is level")
{
  SlidingRegression<4> line;
  CHECK(line.count() == 0);
  CHECK(line.at(1000) == 0.0);
  CHECK(line.slope() == 0.0);
  line.add(10, 70);
  CHECK(line.count() == 1);
  CHECK(line.slope() == 0.0);
  CHECK(line.at(-1'000'000) == 70.0);
}

TEST_CASE("Points above one another have no slope, but a middle")
{
  SlidingRegression<4> line;
  line.add(5, 10);
  line.add(5, 20);
  CHECK(line.slope() == 0.0);
  CHECK(line.at(5) == 15.0);
}

TEST_CASE("Two points lie on their line, as the vectors say")
{
  // The fixture has (0, 0), (666666.6, 66666.6); ours are whole numbers, so the unit is a tenth.
  SlidingRegression<4> line;
  line.add(0, 0);
  line.add(6'666'666, 666'666);
  const auto vector = test::numbers("reg # #", test::mathVectors("filter").back());
  REQUIRE(vector);
  CHECK(std::abs(line.slope() - (*vector)[0]) < 1e-15);
  CHECK(std::abs(line.at(0) - (*vector)[1]) < 1e-9);
}

TEST_CASE("Many points on a line give the line") // spec link 11.6: y = -0.2 x - 357.53456, within 1e-7
{
  constexpr double kScale = 1e5;
  SlidingRegression<512> line;
  for (std::int64_t x = 0; x < 9999; ++x) line.add(x, -20'000 * x - 35'753'456);
  CHECK(std::abs(line.slope() / kScale - -0.2) < 1e-7);
  CHECK(std::abs(line.at(0) / kScale - -357.53456) < 1e-7);
}

TEST_CASE("Only the last points count")
{
  SlidingRegression<3> line;
  for (std::int64_t x = 0; x < 10; ++x) line.add(x, -1000 * x);
  for (std::int64_t x = 10; x < 13; ++x) line.add(x, 2 * x + 7);
  CHECK(line.count() == 3);
  CHECK(line.slope() == 2.0);
  CHECK(line.at(20) == 47.0);
}

TEST_CASE("After a reset nothing is remembered")
{
  SlidingRegression<3> line;
  for (std::int64_t x = 0; x < 10; ++x) line.add(x, 5 * x);
  line.reset();
  CHECK(line.count() == 0);
  CHECK(line.at(3) == 0.0);
  line.add(1, 4);
  line.add(2, 3);
  CHECK(line.slope() == -1.0);
  CHECK(line.at(0) == 5.0);
}

TEST_CASE("The sliding line is the textbook's, wherever the points are")
{
  test::Dice dice{91};
  for (int round = 0; round < 60; ++round) {
    constexpr std::int64_t kFar = std::int64_t{1} << 52U;
    const Walk walk{dice.whole(-kFar, kFar), dice.whole(-kFar, kFar), dice.whole(1, 3000),
                    dice.whole(-50'000, 50'000), dice.whole(0, 2000)};
    CAPTURE(round, walk.startX, walk.startY, walk.stepX, walk.stepY, walk.scatter);
    compareOn(walk, 200, dice);
  }
}

TEST_CASE("A walk of years moves its centre along and stays exact")
{
  test::Dice dice{92};
  // Steps of minutes to days, as if a machine slept between callbacks: the centre moves again and again.
  for (const auto step :
       {std::int64_t{1} << 33U, std::int64_t{1} << 38U, (std::int64_t{1} << 40U) + 12'345}) {
    CAPTURE(step);
    compareOn({-7, 11, step, step + 17, 500}, 500, dice);
    compareOn({INT64_C(1) << 50U, INT64_C(1) << 50U, step, -step, 500}, 500, dice);
  }
}

TEST_CASE("An hour of blocks leaves no error behind")
{
  test::Dice dice{93};
  SlidingRegression<512> ours;
  Textbook truth{512};
  std::int64_t x = 0;
  std::int64_t y = 86'400'000'000;
  constexpr int kBlocks = 48'000 * 3600 / 1024;
  for (int i = 0; i < kBlocks; ++i) {
    x += 1024;
    y = 86'400'000'000 + x * 1000 / 48 + dice.whole(0, 700);
    ours.add(x, y);
    truth.add(x, y);
  }
  CHECK(isNear(ours.at(x), truth.at(x), 1e-4L));
}

TEST_CASE("A point from another world starts a new line")
{
  for (const auto far : {INT64_MIN, INT64_MAX, -(INT64_C(1) << 62U), INT64_C(1) << 62U, INT64_C(1) << 56U}) {
    CAPTURE(far);
    SlidingRegression<512> line;
    for (std::int64_t i = 0; i < 600; ++i) line.add(64 * i, 1333 * i);
    line.add(far, 1333 * 600);
    CHECK(line.count() == 1);
    CHECK(line.at(far) == 1333.0 * 600);
    line.add(0, far);
    CHECK(line.count() == 1);
    CHECK(line.at(0) == static_cast<double>(far));
  }
}

TEST_CASE("Whatever points come, the sums hold them")
{
  test::Dice dice{94};
  SlidingRegression<512> line;
  for (int i = 0; i < 20'000; ++i) {
    line.add(dice.anyWhole(), dice.anyWhole());
    const auto value = line.at(dice.anyWhole());
    CAPTURE(i);
    if (!std::isfinite(value)) FAIL("no number");
  }
}

TEST_CASE("Even steps as wide as they can be add up without overflow")
{
  SlidingRegression<512> line;
  const auto step = SlidingRegression<512>::kElsewhere;
  for (std::int64_t i = 0; i < 511; ++i) line.add(i * step, i * step);
  CHECK(line.count() == 511);
  CHECK(std::abs(line.slope() - 1.0) < 1e-12);
}
