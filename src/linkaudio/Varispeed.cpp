#include "Varispeed.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace tutti::linkaudio {
namespace {

constexpr std::size_t kTaps = 2 * Varispeed::kReach;
constexpr std::size_t kRows = 256;
constexpr double kCutoff = 0.94; // of half the input's rate
constexpr double kKaiser = 7.0;  // side lobes at -70 dB
constexpr double kUsual = 1.1;   // speed up to which the usual reach will do
constexpr double kMostStretch = static_cast<double>(Varispeed::kMostReach) / Varispeed::kReach;

double besselI0(double x)
{
  double sum = 1.0;
  double term = 1.0;
  for (int k = 1; term > 1e-18 * sum; ++k) {
    term *= (x / (2.0 * k)) * (x / (2.0 * k));
    sum += term;
  }
  return sum;
}

double kernel(double t)
{
  const double inside = 1 - (t / Varispeed::kReach) * (t / Varispeed::kReach);
  if (inside <= 0) return 0;
  const double window = besselI0(kKaiser * std::sqrt(inside)) / besselI0(kKaiser);
  const double angle = std::numbers::pi * kCutoff * t;
  return kCutoff * window * (std::abs(t) < 1e-9 ? 1.0 : std::sin(angle) / angle);
}

/// Row r: what the frames around weigh at r / kRows after the middle one. Each sums up to one.
std::vector<float> makeTable()
{
  std::vector<float> table((kRows + 1) * kTaps);
  for (std::size_t row = 0; row <= kRows; ++row) {
    double sum = 0;
    const auto weigh = [row](std::size_t tap) {
      return kernel(static_cast<double>(tap) - (Varispeed::kReach - 1) - static_cast<double>(row) / kRows);
    };
    for (std::size_t tap = 0; tap < kTaps; ++tap) sum += weigh(tap);
    for (std::size_t tap = 0; tap < kTaps; ++tap)
      table[row * kTaps + tap] = static_cast<float>(weigh(tap) / sum);
  }
  return table;
}

double stretchAt(double speed)
{
  return speed <= kUsual ? 1.0 : std::min(speed / kUsual, kMostStretch);
}

} // namespace

Varispeed::Varispeed()
{
  static const auto kShared = std::make_shared<const std::vector<float>>(makeTable());
  table_ = kShared;
}

std::size_t Varispeed::reachAt(double speed) noexcept TUTTI_NONBLOCKING
{
  return static_cast<std::size_t>(kReach * stretchAt(speed)) + 1;
}

float Varispeed::read(std::span<const float> frames, double place, double speed) const noexcept
  TUTTI_NONBLOCKING
{
  const double stretch = stretchAt(speed);
  if (stretch > 1) return readStretched(frames, place, stretch);
  const auto whole = static_cast<std::size_t>(place);
  const double between = (place - static_cast<double>(whole)) * kRows;
  const auto row = static_cast<std::size_t>(between);
  const auto part = static_cast<float>(between - static_cast<double>(row));
  const float* const first = table_->data() + row * kTaps;
  const float* const second = first + kTaps;
  const float* const heard = frames.data() + whole + 1 - kReach;
  std::array<float, 4> sums{};
  for (std::size_t tap = 0; tap < kTaps; tap += 4)
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const float weight = first[tap + lane] + part * (second[tap + lane] - first[tap + lane]);
      sums[lane] += weight * heard[tap + lane];
    }
  return sums[0] + sums[1] + (sums[2] + sums[3]);
}

float Varispeed::readStretched(std::span<const float> frames, double place, double stretch) const noexcept
  TUTTI_NONBLOCKING
{
  const auto reach = static_cast<std::int64_t>(kReach * stretch);
  const auto whole = static_cast<std::int64_t>(place);
  double sum = 0;
  double weights = 0;
  for (auto frame = whole - reach + 1; frame <= whole + reach; ++frame) {
    const double t = (static_cast<double>(frame) - place) / stretch + kReach; // 0 to 2 kReach
    const auto back = static_cast<std::size_t>(std::clamp(t * kRows + 0.5, 0.0, double{kRows} * kTaps));
    // The table says what lies `row` before the tap: the kernel, read from the other end.
    const auto tap = kTaps - 1 - std::min(back / kRows, kTaps - 1);
    const auto row = back % kRows;
    const auto weight = static_cast<double>((*table_)[row * kTaps + tap]);
    sum += weight * static_cast<double>(frames[static_cast<std::size_t>(frame)]);
    weights += weight;
  }
  return static_cast<float>(sum / weights);
}

} // namespace tutti::linkaudio
