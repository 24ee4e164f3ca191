#pragma once

#include <cstdint>
#include <cstdlib>
#include <ctime>

/// Between the machine's clocks and those of a program in slow motion.
namespace slow {

/// SLOW_MOTION, 1 where it is not set.
inline double factor()
{
  static const double value = [] {
    const char* const text = std::getenv("SLOW_MOTION");
    const double given = text ? std::strtod(text, nullptr) : 1;
    return given >= 1 ? given : 1;
  }();
  return value;
}

inline std::int64_t nanos(timespec time)
{
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

inline timespec timeOf(std::int64_t nanos)
{
  return {nanos / 1'000'000'000, nanos % 1'000'000'000};
}

/// From where a clock slows down: the wall clock from a day in the past, so that today's dates are not of
/// another age; the others from the machine's start.
inline std::int64_t origin(clockid_t clock)
{
  constexpr std::int64_t kSomeDay = 1'760'000'000; // s, in October 2025
  const bool isWall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  return isWall ? kSomeDay * 1'000'000'000 : 0;
}

/// Exact to the nanosecond for the times of years, which a double is not.
inline std::int64_t scaled(std::int64_t nanos, double by)
{
  return static_cast<std::int64_t>(static_cast<long double>(nanos) * static_cast<long double>(by));
}

inline timespec longer(timespec duration)
{
  return timeOf(scaled(nanos(duration), factor()));
}

inline timespec shorter(timespec duration)
{
  return timeOf(scaled(nanos(duration), 1 / factor()));
}

inline timespec toSlow(timespec real, clockid_t clock)
{
  return timeOf(origin(clock) + scaled(nanos(real) - origin(clock), 1 / factor()));
}

inline timespec toReal(timespec slow, clockid_t clock)
{
  return timeOf(origin(clock) + scaled(nanos(slow) - origin(clock), factor()));
}

/// Where a call does not say by which clock a deadline is meant: no machine runs for thirty years.
inline clockid_t clockOf(timespec deadline)
{
  constexpr std::int64_t kLong = 1'000'000'000; // s
  return deadline.tv_sec > kLong ? CLOCK_REALTIME : CLOCK_MONOTONIC;
}

} // namespace slow
