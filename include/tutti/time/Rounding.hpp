#pragma once

#include <cstdint>

/// The integer arithmetic under all musical time. It saturates instead of overflowing, since some of its
/// operands come from strangers.
namespace tutti::time {

inline constexpr std::int64_t kLargest = std::int64_t{1} << 62U;

/// Round half away from zero, as Link does everywhere. NaN becomes 0.
constexpr std::int64_t rounded(double value)
{
  constexpr double kLimit = 4611686018427387904.0; // 2^62
  if (value != value) return 0;
  if (value >= kLimit) return kLargest;
  if (value <= -kLimit) return -kLargest;
  const auto whole = static_cast<std::int64_t>(value);
  const double rest = value - static_cast<double>(whole);
  if (rest >= 0.5) return whole + 1;
  if (rest <= -0.5) return whole - 1;
  return whole;
}

constexpr std::int64_t saturatingSum(std::int64_t a, std::int64_t b)
{
  if (b > 0 && a > INT64_MAX - b) return INT64_MAX;
  if (b < 0 && a < INT64_MIN - b) return INT64_MIN;
  return a + b;
}

constexpr std::int64_t saturatingDifference(std::int64_t a, std::int64_t b)
{
  if (b < 0 && a > INT64_MAX + b) return INT64_MAX;
  if (b > 0 && a < INT64_MIN + b) return INT64_MIN;
  return a - b;
}

static_assert(rounded(0.5) == 1 && rounded(-0.5) == -1);
static_assert(rounded(0.49999999999999994) == 0); // adding 0.5 first would give 1
static_assert(rounded(1e300) == kLargest);

} // namespace tutti::time
