#include <Catch.hpp>
#include <Dice.hpp>
#include <MathVectors.hpp>
#include <limits>
#include <tutti/time/SessionTransform.hpp>

using namespace tutti;
using time::SessionTransform;

namespace {

constexpr SessionTransform kPlain{1.0, Micros{-1'000'000}};
constexpr SessionTransform kSloped{1.0001, Micros{500}};

static_assert(kPlain.toSession(hostTime(1'000'000)) == sessionTime(0));
static_assert(SessionTransform{}.toSession(hostTime(42)) == sessionTime(42));

} // namespace

TEST_CASE("Transforms are as the vectors say")
{
  const auto lines = test::mathVectors("xform");
  REQUIRE(lines.size() == 4);
  for (const auto& line : lines) {
    CAPTURE(line);
    const auto vector = test::numbers("x # -> # -> # ; xs -> # -> #", line);
    REQUIRE(vector);
    const auto t = test::whole((*vector)[0]); // read as host time, then as session time
    CHECK(microsOf(kPlain.toSession(hostTime(t))) == test::whole((*vector)[1]));
    CHECK(microsOf(kPlain.toHost(sessionTime(t))) == test::whole((*vector)[2]));
    CHECK(microsOf(kSloped.toSession(hostTime(t))) == test::whole((*vector)[3]));
    CHECK(microsOf(kSloped.toHost(sessionTime(t))) == test::whole((*vector)[4]));
  }
}

TEST_CASE("To the session and back is where we were")
{
  test::Dice dice{81};
  for (int i = 0; i < 50'000; ++i) {
    // A century of microseconds, and any offset between two machines' clocks.
    const SessionTransform transform{1.0, Micros{dice.whole(-3'000'000'000'000'000, 3'000'000'000'000'000)}};
    const auto at = hostTime(dice.whole(-3'000'000'000'000'000, 3'000'000'000'000'000));
    CAPTURE(i, transform.intercept.count(), microsOf(at));
    if (transform.toHost(transform.toSession(at)) != at) FAIL("somewhere else");
  }
}

TEST_CASE("No transform overflows")
{
  const std::vector<std::int64_t> extremes{INT64_MIN, -1, 0, 1, INT64_MAX};
  constexpr auto kInfinity = std::numeric_limits<double>::infinity();
  for (const auto slope : {1.0, 0.0, -1.0, 1e300, kInfinity, std::numeric_limits<double>::quiet_NaN()}) {
    for (const auto intercept : extremes) {
      for (const auto t : extremes) {
        CAPTURE(slope, intercept, t);
        const SessionTransform transform{slope, Micros{intercept}};
        CHECK(transform.toSession(hostTime(t)) >= sessionTime(INT64_MIN));
        CHECK(std::abs(microsOf(transform.toHost(sessionTime(t)))) <= time::kLargest);
      }
    }
  }
}
