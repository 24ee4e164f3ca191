#include <Catch.hpp>
#include <tutti/audio/LoadMeter.hpp>

using namespace tutti;
using namespace tutti::audio;

namespace {

/// All of it computed.
LoadMeter::Spent passed(int micros)
{
  return {.passed = Micros{micros}, .computed = Micros{micros}};
}

} // namespace

TEST_CASE("Without callbacks there is no load")
{
  CHECK(LoadMeter{}.quantile(0.5) == 0.0);
}

TEST_CASE("The usual load and the rare one are told apart")
{
  LoadMeter meter;
  for (int i = 0; i < 9990; ++i) meter.record(passed(133), Micros{1333});
  for (int i = 0; i < 10; ++i) meter.record(passed(1066), Micros{1333});
  CHECK(meter.count() == 10'000);
  CHECK(meter.quantile(0.5) == Approx(0.1).epsilon(0.05));
  CHECK(meter.quantile(0.999) == Approx(0.1).epsilon(0.05));
  CHECK(meter.quantile(0.9999) == Approx(0.8).epsilon(0.05));
  CHECK(meter.quantile(1.0) == Approx(0.8).epsilon(0.05));
}

TEST_CASE("A quantile is never below what was spent")
{
  for (int spent = 1; spent < 3000; spent += 7) {
    LoadMeter meter;
    meter.record(passed(spent), Micros{1000});
    CAPTURE(spent);
    REQUIRE(meter.quantile(0.5) >= 0.9999 * spent / 1000);
    REQUIRE(meter.quantile(0.5) <= 1.046 * spent / 1000);
  }
}

TEST_CASE("Those that took longer than their period are counted")
{
  LoadMeter meter;
  for (const int spent : {10, 999, 1000}) meter.record(passed(spent), Micros{1000});
  CHECK(meter.overruns() == 0);
  for (const int spent : {1001, 5000}) meter.record(passed(spent), Micros{1000});
  CHECK(meter.overruns() == 2);
  CHECK(meter.count() == 5);
}

TEST_CASE("One that was held up by something more urgent is not ours, one that waited is")
{
  constexpr Micros kPeriod{1000};
  LoadMeter meter;
  meter.record({.passed = Micros{5000}, .computed = Micros{80}}, kPeriod);
  CHECK(meter.overruns() == 0);
  CHECK(meter.heldUp() == 1);
  meter.record({.passed = Micros{5000}, .computed = Micros{80}, .hasWaited = true}, kPeriod);
  meter.record({.passed = Micros{5000}, .computed = Micros{1001}}, kPeriod);
  CHECK(meter.overruns() == 2);
  CHECK(meter.heldUp() == 1);
  meter.record({.passed = Micros{900}, .computed = Micros{80}, .hasWaited = true},
               kPeriod); // in time all the same
  CHECK(meter.overruns() == 2);
  CHECK(meter.quantile(0.01) == Approx(0.9).epsilon(0.05));
}

TEST_CASE("Extremes find a place, and a clear starts anew")
{
  LoadMeter meter;
  meter.record(passed(0), Micros{1000});
  meter.record(passed(-5), Micros{1000});
  meter.record(passed(1'000'000'000), Micros{1});
  meter.record(passed(1), Micros{0});
  CHECK(meter.count() == 3);
  CHECK(meter.quantile(0.1) < 0.001);
  CHECK(meter.quantile(1.0) > 60);
  meter.clear();
  CHECK(meter.count() == 0);
  CHECK(meter.overruns() == 0);
}
