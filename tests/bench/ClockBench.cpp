#include <tutti/rt/Foreign.hpp>
#include <tutti/time/HostClock.hpp>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

void measure(Report& report)
{
  report.distribution("clock.read", "HostClock::now, mean of 100 calls",
                      timed(50'000, 100, [] { keep(time::HostClock::now()); }));
}

void measureEffort(Report& report)
{
  report.distribution("rt.effort", "what a thread has done, mean of 100 calls",
                      timed(10'000, 100, [] { keep(rt::effortOfThisThread()); }));
}

const Registered kClock{"clock", measure};
const Registered kEffort{"rt.effort", measureEffort};

} // namespace
} // namespace tutti::bench
