#include <Catch.hpp>
#include <chrono>
#include <tutti/time/HostClock.hpp>
#include <type_traits>

using namespace tutti;

namespace {

// The three clocks never mix: there is no way from one to another but through an object that knows the
// relation.
static_assert(!std::is_convertible_v<HostTime, SessionTime> && !std::is_convertible_v<SessionTime, HostTime>);
static_assert(!std::is_constructible_v<SessionTime, HostTime> &&
              !std::is_constructible_v<HostTime, SessionTime>);
static_assert(!std::is_convertible_v<std::int64_t, HostTime> && !std::is_convertible_v<SampleTime, HostTime>);

static_assert(microsOf(hostTime(-5)) == -5 && microsOf(sessionTime(INT64_MAX)) == INT64_MAX);
static_assert(SampleTime{1} < SampleTime{2});

static_assert(std::chrono::is_clock_v<time::HostClock> && time::HostClock::is_steady);

} // namespace

TEST_CASE("Host time never runs backwards")
{
  auto last = time::HostClock::now();
  for (int i = 0; i < 100'000; ++i) {
    const auto now = time::HostClock::now();
    if (now < last) FAIL("it did");
    last = now;
  }
  CHECK(last > HostTime{});
}
