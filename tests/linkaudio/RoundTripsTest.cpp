#include <Catch.hpp>
#include <RoundTrips.hpp>

using namespace tutti;
using tutti::linkaudio::RoundTrips;

namespace {

double qualityOf(std::initializer_list<int> trips)
{
  RoundTrips all;
  for (const int trip : trips) all.add(Micros{trip});
  return all.quality();
}

bool isAbout(double value, double expected)
{
  return std::abs(value - expected) < 1e-9 * expected;
}

} // namespace

TEST_CASE("The shorter and steadier the round trips, the better the way")
{
  CHECK(qualityOf({}) == 0);
  CHECK(qualityOf({0}) == 0);
  CHECK(isAbout(qualityOf({1000}), 1000.0 / 9001));
  CHECK(isAbout(qualityOf({900, 1100}), 1000.0 / 8101));
  CHECK(isAbout(qualityOf({1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000}), 1000));
  CHECK(isAbout(qualityOf({100, 200, 100, 200, 100, 200, 100, 200, 100, 200}), 1e6 / 150 / 51));
}

TEST_CASE("Only the last ten round trips count")
{
  CHECK(isAbout(qualityOf({250, 250, 250, 250, 250, 250, 250, 250, 250, 250, 250, 250}), 4000));
  CHECK(isAbout(qualityOf({9000, 9000, 250, 250, 250, 250, 250, 250, 250, 250, 250, 250}), 4000));
}
