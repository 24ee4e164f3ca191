#include "Reading.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tutti::stream {
namespace {

constexpr Micros kHold{5000}; // a lost packet or two sound on in full
constexpr Micros kSilentAfter{20'000};
constexpr Micros kBackFade{1500}; // from a prediction back into the sound

std::size_t framesIn(audio::SampleRate rate, Micros duration) noexcept TUTTI_NONBLOCKING
{
  return std::max<std::size_t>(1, static_cast<std::size_t>(rate.toFrames(duration)));
}

/// 0 to 1 without a corner at either end.
float eased(std::size_t step, std::size_t of) noexcept TUTTI_NONBLOCKING
{
  const float x = static_cast<float>(step) / static_cast<float>(of);
  return x * x * (3 - 2 * x);
}

} // namespace

Reading::Reading(std::size_t channels, audio::SampleRate rate, std::size_t longest)
  : rate_{rate}
  , played_(channels, std::vector<float>(kPast + longest))
  , predictions_(channels)
  , envelope_(framesIn(rate, kSilentAfter))
  , age_{envelope_.size()}
  , fade_{framesIn(rate, kBackFade)}
{
  const auto hold = framesIn(rate, kHold);
  for (std::size_t age = 0; age < envelope_.size(); ++age)
    envelope_[age] = age < hold ? 1.0F : 1 - eased(age - hold, envelope_.size() - hold);
}

float Reading::envelopeAt(std::size_t age) const noexcept TUTTI_NONBLOCKING
{
  return age < envelope_.size() ? envelope_[age] : 0.0F;
}

void Reading::read(Shelf& shelf, std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  keepPast();
  frames_ = 0;
  const auto wanted = played_.empty() ? 0 : std::min(frames, played_.front().size() - kPast);
  while (frames_ < wanted) {
    const auto from = shelf.place() + static_cast<std::int64_t>(frames_);
    if (const auto present = shelf.presentRun(from, wanted - frames_); present > 0)
      take(shelf, from, present);
    else
      conceal(shelf.missingRun(from, wanted - frames_));
  }
  shelf.moveTo(shelf.place() + static_cast<std::int64_t>(wanted));
}

void Reading::keepPast() noexcept TUTTI_NONBLOCKING
{
  for (auto& channel : played_)
    std::copy_n(channel.begin() + static_cast<std::ptrdiff_t>(frames_), kPast, channel.begin());
}

void Reading::predictFromHere() noexcept TUTTI_NONBLOCKING
{
  for (std::size_t channel = 0; channel < played_.size(); ++channel)
    predictions_[channel].listen(std::span{played_[channel]}.subspan(frames_, kPast));
  age_ = 0;
}

void Reading::conceal(std::size_t count) noexcept TUTTI_NONBLOCKING
{
  if (state_ != State::concealing) {
    predictFromHere();
    ++gaps_;
  }
  state_ = State::concealing;
  concealed_ += count;
  for (std::size_t i = 0; i < count; ++i, ++age_, ++frames_) {
    const float envelope = envelopeAt(age_);
    for (std::size_t channel = 0; channel < played_.size(); ++channel)
      played_[channel][kPast + frames_] = envelope > 0 ? envelope * predictions_[channel].next() : 0.0F;
  }
}

void Reading::take(const Shelf& shelf, std::int64_t from, std::size_t count) noexcept TUTTI_NONBLOCKING
{
  for (std::size_t channel = 0; channel < played_.size(); ++channel)
    shelf.copy(channel, from, std::span{played_[channel]}.subspan(kPast + frames_, count));
  if (state_ == State::concealing) {
    state_ = State::fading;
    faded_ = 0;
    fade_ = framesIn(rate_, kBackFade);
  }
  for (std::size_t i = 0; state_ == State::fading && i < count; ++i, ++age_) {
    const float share = eased(++faded_, fade_);
    const float envelope = envelopeAt(age_);
    for (std::size_t channel = 0; channel < played_.size(); ++channel) {
      auto& sample = played_[channel][kPast + frames_ + i];
      const float predicted = envelope > 0 ? envelope * predictions_[channel].next() : 0.0F;
      sample = predicted + share * (sample - predicted);
    }
    if (faded_ >= fade_) state_ = State::playing;
  }
  frames_ += count;
}

void Reading::crossFade(Micros duration) noexcept TUTTI_NONBLOCKING
{
  if (state_ == State::concealing) return; // it will fade anyway
  keepPast();
  frames_ = 0;
  predictFromHere();
  state_ = State::fading;
  faded_ = 0;
  fade_ = framesIn(rate_, duration);
}

bool Reading::isQuiet(float level) const noexcept TUTTI_NONBLOCKING
{
  for (const auto& channel : played_)
    for (std::size_t i = 0; i < kPast; ++i)
      if (std::abs(channel[frames_ + i]) > level) return false;
  return true;
}

} // namespace tutti::stream
