#include "Pace.hpp"

#include <Catch.hpp>

using namespace tutti;
using namespace tutti::audio;

namespace {
constexpr auto kStart = hostTime(7'000'000);
}

TEST_CASE("A pace is exact for an hour")
{
  Pace pace{SampleRate::fromHertz(44'100), 64, kStart};
  constexpr std::int64_t kPeriods = 3600 * 44'100 / 64;
  for (std::int64_t period = 0; period < kPeriods; ++period) REQUIRE(pace.begin(pace.nextDue()).skipped == 0);
  const double exact = static_cast<double>(kPeriods) * 64 / 44'100 * 1e6;
  CHECK(std::abs(static_cast<double>((pace.nextDue() - kStart).count()) - exact) <= 0.5);
}

TEST_CASE("Who comes a little late catches up without leaving anything out")
{
  Pace pace{SampleRate::fromHertz(48'000), 480, kStart};
  const auto late = kStart + Micros{55'000};
  for (int period = 0; period < 6; ++period) {
    CHECK(pace.nextDue() == kStart + Micros{10'000 * period});
    const auto turn = pace.begin(late);
    CHECK(turn.skipped == 0);
    CHECK(turn.due == kStart + Micros{10'000 * period});
  }
  CHECK(pace.nextDue() > late);
}

TEST_CASE("Who slept through a second leaves out whole periods and keeps the pace")
{
  Pace pace{SampleRate::fromHertz(48'000), 480, kStart};
  const auto turn = pace.begin(kStart + Micros{1'003'000});
  CHECK(turn.skipped == 48'000);
  CHECK(turn.due == kStart + Micros{1'000'000});
  CHECK(pace.nextDue() == kStart + Micros{1'010'000});
}
