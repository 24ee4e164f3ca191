#include <tutti/audio/CableProbe.hpp>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <numeric>

namespace tutti::audio {
namespace {

constexpr std::size_t kTurns = 4;
constexpr double kTurnSeconds = 0.5;
constexpr double kSweepSeconds = 0.02;
constexpr double kFadeSeconds = 0.002;
constexpr double kLowHertz = 200;
constexpr double kHighHertz = 14'000; // what a guitar's input lets through
constexpr double kAmplitude = 0.25;

constexpr double kAlike = 0.5;
constexpr double kPerhaps = 0.2; // chance alone gives less than 0.15
constexpr float kSilent = 1e-5F; // -100 dBFS
constexpr float kFullScale = 0.999F;
constexpr double kQuietGain = 0.003; // -50 dB
constexpr std::ptrdiff_t kClippedFrames = 3;
constexpr std::size_t kNear = 64; // frames in which the others are looked for again

double product(float a, float b)
{
  return static_cast<double>(a) * static_cast<double>(b);
}

double energyOf(std::span<const float> sound)
{
  return std::transform_reduce(sound.begin(), sound.end(), 0.0, std::plus{},
                               [](float sample) { return product(sample, sample); });
}

/// Of all frequencies, each for the same time, with soft ends.
std::vector<float> sweepAt(SampleRate rate)
{
  const auto high = std::min(kHighHertz, 0.4 * rate.hertz());
  std::vector<float> sweep(static_cast<std::size_t>(kSweepSeconds * rate.hertz()));
  const auto length = static_cast<double>(sweep.size()) / rate.hertz();
  for (std::size_t i = 0; i < sweep.size(); ++i) {
    const auto at = static_cast<double>(i) / rate.hertz();
    const auto turns = kLowHertz * at + (high - kLowHertz) * at * at / (2 * length);
    const auto fade = std::min({1.0, at / kFadeSeconds, (length - at) / kFadeSeconds});
    sweep[i] = static_cast<float>(kAmplitude * fade * std::sin(2 * std::numbers::pi * turns));
  }
  return sweep;
}

} // namespace

std::string sentenceOf(CableTrouble trouble, int output, int input)
{
  switch (trouble) {
  case CableTrouble::nothing:
    return fmt::format("Nothing came back: is the cable in output {} and input {}?", output, input);
  case CableTrouble::other:
    return fmt::format("Something else came in: a cable from output {} to input {} is needed, no microphone.",
                       output, input);
  case CableTrouble::tooQuiet:
    return fmt::format("It came back too quietly: turn up output {} or input {}.", output, input);
  case CableTrouble::clips:
    return fmt::format("It clips: turn down output {} or input {}.", output, input);
  case CableTrouble::unsteady:
    break;
  }
  return "The device dropped out while it was measured. Try again, perhaps with longer blocks.";
}

CableProbe::CableProbe(SampleRate rate)
  : rate_{rate}
  , turn_{static_cast<std::size_t>(kTurnSeconds * rate.hertz())}
  , sweep_{sweepAt(rate)}
  , sound_(kTurns * turn_, 0.0F)
{
  for (std::size_t turn = 0; turn < kTurns; ++turn)
    std::ranges::copy(sweep_, sound_.begin() + static_cast<std::ptrdiff_t>(turn * turn_));
}

CableProbe::Answer CableProbe::read(std::span<const float> heard) const
{
  const auto loudest = std::transform_reduce(
    heard.begin(), heard.end(), 0.0F, [](float a, float b) { return std::max(a, b); },
    [](float sample) { return std::abs(sample); });
  if (heard.size() < sound_.size() || loudest < kSilent) return {{}, CableTrouble::nothing};
  const auto clipped = std::ranges::count_if(heard, [](float s) { return std::abs(s) >= kFullScale; });
  if (clipped >= kClippedFrames) return {{}, CableTrouble::clips};
  const auto match = best(overlaid(heard), 0, turn_ - sweep_.size());
  if (std::abs(match.likeness) < kPerhaps) return {{}, CableTrouble::other};
  const auto gain = steadyGain(heard, match.place);
  if (!gain) return {{}, CableTrouble::unsteady};
  const bool isQuiet = std::abs(match.likeness) < kAlike || std::abs(*gain) < kQuietGain;
  if (isQuiet) return {{}, CableTrouble::tooQuiet};
  return {{.roundTrip = {static_cast<std::int64_t>(match.place)},
           .rate = rate_,
           .gain = Decibels::ofAmplitude(*gain),
           .isInverted = match.likeness < 0},
          std::nullopt};
}

CableProbe::Match CableProbe::best(std::span<const float> heard, std::size_t from, std::size_t to) const
{
  const auto sweepEnergy = energyOf(sweep_);
  auto energy = energyOf(heard.subspan(from, sweep_.size()));
  Match best;
  for (auto place = from; place < to; ++place) {
    const auto there = heard.subspan(place, sweep_.size());
    const auto common =
      std::transform_reduce(sweep_.begin(), sweep_.end(), there.begin(), 0.0, std::plus{}, product);
    const auto likeness = energy > 0 ? common / std::sqrt(energy * sweepEnergy) : 0;
    if (std::abs(likeness) > std::abs(best.likeness)) best = {place, likeness, common / sweepEnergy};
    const auto gone = static_cast<double>(there.front());
    const auto come = static_cast<double>(heard[place + sweep_.size()]);
    energy = std::max(0.0, energy - gone * gone + come * come);
  }
  return best;
}

/// All turns in one: what is the same in each stands out.
std::vector<float> CableProbe::overlaid(std::span<const float> heard) const
{
  std::vector<float> all(turn_, 0.0F);
  for (std::size_t turn = 0; turn < kTurns; ++turn)
    for (std::size_t i = 0; i < turn_; ++i) all[i] += heard[turn * turn_ + i] / kTurns;
  return all;
}

/// Of the loudest turn: another may have begun before the cable was in, or have lost a block.
std::optional<double> CableProbe::steadyGain(std::span<const float> heard, std::size_t place) const
{
  const auto from = place > kNear ? place - kNear : 0;
  double gain = 0;
  for (std::size_t turn = 0; turn < kTurns; ++turn) {
    const auto one = heard.subspan(turn * turn_, turn_);
    const auto to = std::min(place + kNear, turn_ - sweep_.size());
    const auto match = best(one, from, to);
    if (match.place != place || std::abs(match.likeness) < kPerhaps) return std::nullopt;
    if (std::abs(match.gain) > std::abs(gain)) gain = match.gain;
  }
  return gain;
}

} // namespace tutti::audio
