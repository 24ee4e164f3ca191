#include <Catch.hpp>
#include <chrono>

#include "ProcessorUse.hpp"

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;

TEST_CASE("The share of a core is of the time between two looks")
{
  const auto start = HostTime{} + 1h;
  ProcessorShare share{start, 5s};
  CHECK(share.look(start + 10s, 7s) == Approx(0.2));
  CHECK(share.look(start + 12s, 8s) == Approx(0.5));
}

TEST_CASE("Two who look shortly after each other see the same share")
{
  const auto start = HostTime{} + 1h;
  ProcessorShare share{start, 0s};
  CHECK(share.look(start + 4s, 1s) == Approx(0.25));
  CHECK(share.look(start + 4s + 1ms, 1s + 1ms) == Approx(0.25));
}

TEST_CASE("Processor time is counted while somebody works")
{
  const auto before = processorTime();
  while (processorTime() == before) continue;
  CHECK(processorTime() > before);
}
