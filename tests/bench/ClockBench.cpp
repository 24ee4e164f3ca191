#include <tutti/time/HostClock.hpp>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

void measure(Report& report)
{
  report.distribution("clock.read", "HostClock::now, mean of 100 calls",
                      timed(50'000, 100, [] { keep(time::HostClock::now()); }));
}

const Registered kClock{"clock", measure};

} // namespace
} // namespace tutti::bench
