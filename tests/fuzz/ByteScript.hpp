#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <tutti/core/ByteReader.hpp>

namespace tutti::fuzz {

/// Reads small decisions and odd numbers from fuzzed bytes. When they are used up, everything is zero.
class Draw {
public:
  explicit Draw(std::span<const std::byte> bytes)
    : in_{bytes}
  {}

  [[nodiscard]] bool isEmpty() const { return in_.atEnd(); }
  std::uint8_t byte() { return in_.u8().value_or(0); }
  std::size_t below(std::size_t limit) { return byte() % limit; }
  bool flag() { return (byte() & 1U) != 0; }
  std::int64_t raw()
  {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8U | byte();
    return static_cast<std::int64_t>(value);
  }

  /// A number around something that matters: zero, now, the ends of what is sane or of what is countable.
  std::int64_t number(std::int64_t now)
  {
    using Limits = std::numeric_limits<std::int64_t>;
    constexpr std::int64_t kWire = std::int64_t{1} << 53U;
    const std::array<std::int64_t, 10> around{
      0, now, kWire, -kWire, kWire / 2, -kWire / 2, Limits::max(), Limits::min(), kWire * 512, -kWire * 512};
    const auto choice = byte();
    if (choice == 255) return raw();
    const auto centre = around[choice % around.size()];
    const auto step = static_cast<std::int64_t>(static_cast<std::int8_t>(byte()));
    const std::array<std::int64_t, 4> scales{1, 1000, 1'000'000, 60'000'000};
    return saturatingSum(centre, step * scales[choice / around.size() % scales.size()]);
  }

  std::span<const std::byte> rest() { return *in_.bytes(in_.remaining()); }

private:
  static std::int64_t saturatingSum(std::int64_t a, std::int64_t b)
  {
    std::int64_t sum = 0;
    if (!__builtin_add_overflow(a, b, &sum)) return sum;
    return b > 0 ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
  }

  ByteReader in_;
};

/// A story as bytes: steps of `kind, size, decisions`.
struct Step {
  std::uint8_t kind = 0;
  std::vector<std::uint8_t> decisions;
};
using Steps = std::vector<Step>;

inline Steps splitSteps(std::span<const std::uint8_t> data)
{
  Steps steps;
  while (data.size() >= 2) {
    const auto size = std::min<std::size_t>(data[1], data.size() - 2);
    const auto decisions = data.subspan(2, size);
    steps.push_back({data[0], {decisions.begin(), decisions.end()}});
    data = data.subspan(2 + size);
  }
  return steps;
}

/// As many whole steps as fit.
inline std::size_t joinSteps(const Steps& steps, std::span<std::uint8_t> out)
{
  std::size_t used = 0;
  for (const auto& step : steps) {
    if (used + 2 + step.decisions.size() > out.size()) break;
    out[used] = step.kind;
    out[used + 1] = static_cast<std::uint8_t>(step.decisions.size());
    std::ranges::copy(step.decisions, out.begin() + static_cast<std::ptrdiff_t>(used + 2));
    used += 2 + step.decisions.size();
  }
  return used;
}

} // namespace tutti::fuzz
