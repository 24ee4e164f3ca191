#include "Pace.hpp"
#include "Catch.hpp"

using namespace tutti;
using namespace std::chrono_literals;

SCENARIO("What happens too often is counted, and told with what comes after the pause")
{
  link::Pace pace{3, 10s};
  const auto start = HostTime{} + 1h;
  for (int i = 0; i < 3; ++i) CHECK(pace.next(start + i * 1ms) == 0);
  for (int i = 0; i < 5; ++i) CHECK_FALSE(pace.next(start + 1s));
  CHECK(pace.next(start + 10s) == 5);
  CHECK(pace.next(start + 10s) == 0);
}
