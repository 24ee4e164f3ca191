#include <Catch.hpp>
#include <chrono>

#include "DelayHistogram.hpp"

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;

DelayHistogram of(std::initializer_list<Micros> delays)
{
  DelayHistogram histogram;
  for (const auto delay : delays) histogram.add(delay);
  return histogram;
}

} // namespace

TEST_CASE("Where nothing stayed, there is no percentile")
{
  CHECK_FALSE(DelayHistogram{}.percentile(0.99));
}

TEST_CASE("A percentile is right to a tenth")
{
  DelayHistogram histogram;
  for (int i = 1; i <= 1000; ++i) histogram.add(Micros{i});
  for (const double share : {0.5, 0.9, 0.99}) {
    const auto exact = 1000 * share;
    CHECK(static_cast<double>(histogram.percentile(share)->count()) >= exact);
    CHECK(static_cast<double>(histogram.percentile(share)->count()) <= exact * 1.1 + 1);
  }
  CHECK(histogram.count() == 1000);
  CHECK(histogram.sum() == Micros{500'500});
}

TEST_CASE("What came since an earlier look is apart from what was before")
{
  auto histogram = of({1s, 1s, 1s});
  const auto before = histogram;
  histogram.add(20us);
  const auto since = histogram.since(before);
  CHECK(since.count() == 1);
  CHECK(since.sum() == 20us);
  CHECK(*since.percentile(0.99) < 25us);
}

TEST_CASE("A second that was bad is seen for half a minute, however often one looks, and then forgotten")
{
  RecentDelays recent;
  auto all = of({2s});
  for (int second = 0; second < 30; ++second) {
    all.add(10us);
    CHECK(recent.look(all, kStart + std::chrono::seconds{second}).percentile(1.0) >= 2s);
  }
  for (int second = 30; second < 90; ++second) {
    all.add(10us);
    static_cast<void>(recent.look(all, kStart + std::chrono::seconds{second}));
  }
  CHECK(recent.look(all, kStart + 90s).percentile(1.0) < 20us);
}
