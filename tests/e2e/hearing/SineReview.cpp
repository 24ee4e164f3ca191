#include "SineReview.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace hearing {
namespace {

using Complex = std::complex<double>;

constexpr double kFollow = 0.05;    // s
constexpr double kDeparture = 0.12; // of the amplitude
constexpr double kLongest = 0.002;  // s that may depart
constexpr double kApart = 0.02;     // s
constexpr double kGap = 0.5;        // of the amplitude: what is less is missing

Complex turn(double hz, double rate, std::size_t frame)
{
  const auto turns = hz / rate * static_cast<double>(frame);
  return std::polar(1.0, 2 * std::numbers::pi * (turns - std::floor(turns)));
}

/// Amplitude and phase around each frame: the mean over whole periods.
std::vector<Complex> followed(std::span<const float> recording, double rate, double hz, std::size_t half)
{
  std::vector<Complex> sums(recording.size() + 1);
  for (std::size_t i = 0; i < recording.size(); ++i)
    sums[i + 1] = sums[i] + static_cast<double>(recording[i]) * std::conj(turn(hz, rate, i));
  std::vector<Complex> line(recording.size());
  for (std::size_t i = half; i + half < recording.size(); ++i)
    line[i] = 2.0 * (sums[i + half] - sums[i - half]) / (2.0 * static_cast<double>(half));
  return line;
}

double median(std::vector<double> values)
{
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Frames whose departure, looked at over half a period, is too large.
std::vector<bool> departures(const std::vector<double>& residue, double limit, std::size_t halfPeriod)
{
  std::vector<bool> departs(residue.size());
  std::size_t until = 0;
  for (std::size_t i = 0; i < residue.size(); ++i) {
    if (std::abs(residue[i]) > limit) until = i + halfPeriod;
    departs[i] = i < until;
  }
  return departs;
}

/// Where less than this is left of the sine, by the mean over a period.
std::vector<Glitch> gapsIn(const std::vector<Complex>& line, double rate, std::size_t halfPeriod,
                           double least)
{
  std::vector<Glitch> gaps;
  for (std::size_t i = halfPeriod; i + halfPeriod < line.size(); ++i) {
    const auto begin = i;
    while (i + halfPeriod < line.size() && std::abs(line[i]) < least) ++i;
    if (i > begin) gaps.push_back({static_cast<double>(begin) / rate, static_cast<double>(i - begin) / rate});
  }
  return gaps;
}

std::vector<Glitch> glitchesIn(const std::vector<bool>& departs, double rate, std::size_t halfPeriod)
{
  std::vector<Glitch> glitches;
  const auto longest = static_cast<std::size_t>(kLongest * rate) + halfPeriod;
  for (std::size_t i = 0; i < departs.size(); ++i) {
    const auto begin = i;
    while (i < departs.size() && departs[i]) ++i;
    if (i - begin <= longest) continue;
    const auto at = static_cast<double>(begin) / rate;
    const auto end = static_cast<double>(i) / rate;
    if (!glitches.empty() && at - glitches.back().atSeconds - glitches.back().seconds < kApart)
      glitches.back().seconds = end - glitches.back().atSeconds;
    else
      glitches.push_back({at, end - at});
  }
  return glitches;
}

} // namespace

double amplitudeOf(std::span<const float> sound, double rate, double hz)
{
  Complex sum;
  for (std::size_t i = 0; i < sound.size(); ++i)
    sum += static_cast<double>(sound[i]) * std::conj(turn(hz, rate, i));
  return sound.empty() ? 0 : 2 * std::abs(sum) / static_cast<double>(sound.size());
}

Review reviewSine(std::span<const float> recording, double rate, double hz)
{
  const auto periods = std::round(kFollow * hz / 2);
  const auto half = static_cast<std::size_t>(std::round(periods * rate / hz));
  if (recording.size() < 4 * half) return {};
  const auto line = followed(recording, rate, hz, half);
  std::vector<double> amplitudes;
  std::vector<double> residue(recording.size());
  for (std::size_t i = half; i + half < recording.size(); ++i) {
    amplitudes.push_back(std::abs(line[i]));
    residue[i] = static_cast<double>(recording[i]) - (line[i] * turn(hz, rate, i)).real();
  }
  Review review;
  review.amplitude = median(amplitudes);
  review.seconds = static_cast<double>(amplitudes.size()) / rate;
  const auto halfPeriod = static_cast<std::size_t>(std::ceil(rate / hz / 2));
  const auto departs = departures(residue, kDeparture * review.amplitude, halfPeriod);
  review.glitches = glitchesIn(departs, rate, halfPeriod);
  review.gaps = gapsIn(followed(recording, rate, hz, halfPeriod), rate, halfPeriod, kGap * review.amplitude);
  double signal = 0;
  double noise = 0;
  for (std::size_t i = half; i + half < recording.size(); ++i) {
    const auto at = static_cast<double>(i) / rate;
    const auto isNear = [&](const Glitch& glitch) {
      return at > glitch.atSeconds - kFollow && at < glitch.atSeconds + glitch.seconds + kFollow;
    };
    if (std::ranges::any_of(review.glitches, isNear)) continue;
    signal += std::norm(line[i]) / 2;
    noise += residue[i] * residue[i];
  }
  if (signal > 0) review.signalToNoiseDb = 10 * std::log10(signal / std::max(noise, 1e-30));
  return review;
}

} // namespace hearing
