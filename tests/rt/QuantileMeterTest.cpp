#include <Catch.hpp>
#include <tutti/rt/QuantileMeter.hpp>

using tutti::rt::QuantileMeter;

TEST_CASE("Numbers too small or too large to tell apart count as the last that are not")
{
  QuantileMeter meter;
  CHECK(meter.quantile(1) == 0);
  for (const double number : {-5.0, 0.0, 1e-9}) meter.record(number);
  CHECK(meter.quantile(1) == 1.0 / 1024);
  meter.record(1e9);
  CHECK(meter.quantile(1) == Approx(64).epsilon(0.05));
  CHECK(meter.count() == 4);
}

TEST_CASE("A cleared meter knows what comes from then on")
{
  QuantileMeter meter;
  meter.record(30);
  meter.clear();
  meter.record(0.5);
  CHECK(meter.count() == 1);
  CHECK(meter.quantile(1) == Approx(0.5).epsilon(0.05));
}
