#pragma once

#include <bit>
#include <cstdint>
#include <random>

namespace tutti::test {

/// Numbers drawn by lot, the same ones on each run. `CAPTURE` what was drawn, so that a failure names it.
class Dice {
public:
  explicit Dice(std::uint64_t seed)
    : engine_{seed}
  {}

  /// Both ends included.
  std::int64_t whole(std::int64_t least, std::int64_t most)
  {
    return std::uniform_int_distribution<std::int64_t>{least, most}(engine_);
  }
  double real(double from, double to) { return std::uniform_real_distribution<double>{from, to}(engine_); }

  /// Most are 0, few are large, as with a thread that is woken late.
  double exponential(double mean) { return std::exponential_distribution<double>{1.0 / mean}(engine_); }

  /// Any 64 bits: also the extremes, also not-a-number, infinities and denormals.
  std::int64_t anyWhole() { return std::bit_cast<std::int64_t>(engine_() >> engine_() % 64U); }
  double anyReal() { return std::bit_cast<double>(engine_()); }

private:
  std::mt19937_64 engine_;
};

} // namespace tutti::test
