#include "Clock.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <time.h>

namespace tutti::app {
namespace {

std::int64_t nanosOf(const timespec& time)
{
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

std::int64_t now()
{
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC_RAW, &time);
  return nanosOf(time);
}

std::int64_t smallestStep()
{
  constexpr int kTries = 1000;
  constexpr int kReads = 10'000'000; // a clock of 4 ms moves within them
  std::int64_t smallest = 0;
  auto before = now();
  for (int reads = 0, steps = 0; steps < kTries && reads < kReads; ++reads) {
    const auto after = now();
    if (after == before) continue;
    if (smallest == 0 || after - before < smallest) smallest = after - before;
    before = after;
    ++steps;
  }
  return smallest;
}

double readCost()
{
  constexpr std::size_t kReads = 1000;
  std::array<double, 31> costs{};
  for (auto& cost : costs) {
    const auto start = now();
    for (std::size_t i = 0; i < kReads; ++i) now();
    cost = static_cast<double>(now() - start) / kReads;
  }
  const auto middle = costs.begin() + costs.size() / 2;
  std::ranges::nth_element(costs, middle);
  return *middle;
}

} // namespace

ClockFacts probeClock()
{
  ClockFacts facts;
  timespec resolution{};
  if (::clock_getres(CLOCK_MONOTONIC_RAW, &resolution) == 0) facts.resolutionNanos = nanosOf(resolution);
  facts.smallestStepNanos = smallestStep();
  facts.readNanos = readCost();
  std::ifstream{"/sys/devices/system/clocksource/clocksource0/current_clocksource"} >> facts.source;
  return facts;
}

} // namespace tutti::app
