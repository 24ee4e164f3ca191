#include <Catch.hpp>
#include <Dice.hpp>
#include <MathVectors.hpp>
#include <tutti/time/HostTimeFilter.hpp>

using namespace tutti;
using time::HostTimeFilter;

namespace {

/// A clock that shows one microsecond more at each look, as the vectors want it.
class CountingClock {
public:
  HostTime now() { return hostTime(next_++); }

private:
  std::int64_t next_ = 0;
};

std::string lineOf(std::size_t index)
{
  const auto lines = test::mathVectors("filter");
  REQUIRE(lines.size() == 4);
  return lines[index];
}

} // namespace

TEST_CASE("One point is its own line, as the vectors say")
{
  CountingClock clock;
  HostTimeFilter filter;
  const auto vector = test::numbers("one #", lineOf(0));
  REQUIRE(vector);
  CHECK(microsOf(filter.hostTimeOf({5}, clock.now())) == test::whole((*vector)[0]));
}

TEST_CASE("More points than the window holds, as the vectors say")
{
  CountingClock clock;
  HostTimeFilter filter;
  const auto vector = test::numbers("# -> #", lineOf(1));
  REQUIRE(vector);
  HostTime last;
  for (std::int64_t sample = 0; sample < test::whole((*vector)[0]); ++sample)
    last = filter.hostTimeOf({sample}, clock.now());
  CHECK(microsOf(last) == test::whole((*vector)[1]));
  CHECK(filter.points() == 512);
}

TEST_CASE("Samples that jump about, and a reset, as the vectors say")
{
  CountingClock clock;
  HostTimeFilter filter;
  const auto vector = test::numbers("# # # #", lineOf(2));
  REQUIRE(vector);
  CHECK(microsOf(filter.hostTimeOf({0}, clock.now())) == test::whole((*vector)[0]));
  CHECK(microsOf(filter.hostTimeOf({-230}, clock.now())) == test::whole((*vector)[1]));
  CHECK(microsOf(filter.hostTimeOf({40}, clock.now())) == test::whole((*vector)[2]));
  filter.reset();
  CHECK(filter.points() == 0);
  CHECK(microsOf(filter.hostTimeOf({0}, clock.now())) == test::whole((*vector)[3]));
}

TEST_CASE("Asking for a sample teaches the filter nothing")
{
  HostTimeFilter filter;
  CHECK(filter.predicted({1000}) == HostTime{});
  for (std::int64_t block = 0; block < 10; ++block) filter.hostTimeOf({block * 48}, hostTime(block * 1000));
  CHECK(filter.predicted({480}) == hostTime(10'000));
  CHECK(filter.predicted({-48}) == hostTime(-1000));
  CHECK(filter.points() == 10);
}

TEST_CASE("A year after the machine was started the filter is as exact as on its first day")
{
  constexpr std::int64_t kYear = 365LL * 86'400 * 1'000'000;
  test::Dice dice{101};
  HostTimeFilter young;
  HostTimeFilter old;
  for (std::int64_t block = 0; block < 5000; ++block) {
    const auto sample = 64 * block;
    const auto now = sample * 125 / 6 + dice.whole(0, 200);
    const auto here = young.hostTimeOf({sample}, hostTime(now));
    const auto there = old.hostTimeOf({sample + kYear}, hostTime(now + kYear));
    CAPTURE(block);
    REQUIRE(std::abs((there - here - Micros{kYear}).count()) <=
            1); // one rounds up where the other rounds down
  }
}
