#include <algorithm>
#include <cmath>

#include <tutti/linkaudio/Source.hpp>

#include "Voice.hpp"

namespace tutti::linkaudio {
namespace {

constexpr double kCrossFade = 10e-3; // s; from one voice to the next

} // namespace

void Source::render(std::span<float> left, std::span<float> right, const Moment& moment) noexcept
  TUTTI_NONBLOCKING
{
  deviceRate_.store(moment.rate.hertz(), std::memory_order_relaxed);
  deviceOut_.store((moment.audible - moment.asked).count(), std::memory_order_relaxed);
  admit();
  std::ranges::fill(left, 0.0F);
  std::ranges::fill(right, 0.0F);
  if (playing_ != nullptr) sound(*playing_, left, right, moment);
  if (next_ != nullptr) crossFade(left, right, moment);
  float peak = peak_.load(std::memory_order_relaxed);
  for (const float sample : left) peak = std::max(peak, std::abs(sample));
  for (const float sample : right) peak = std::max(peak, std::abs(sample));
  peak_.store(peak, std::memory_order_relaxed);
}

/// One that was to be next and has not sounded yet gives way to a newer one.
void Source::admit() noexcept TUTTI_NONBLOCKING
{
  if (faded_ > 0) return;
  while (const auto voice = coming_.tryPop()) {
    if (next_ != nullptr) gone_.tryPush(next_);
    (playing_ == nullptr ? playing_ : next_) = *voice;
  }
}

/// What was made for a device of another rate is silent.
void Source::sound(Voice& voice, std::span<float> left, std::span<float> right, const Moment& moment) noexcept
  TUTTI_NONBLOCKING
{
  if (voice.kind().device != moment.rate) return;
  const std::array<std::span<float>, 2> both{left, right};
  voice.render(std::span{both}.first(voice.kind().channels), moment);
  if (voice.kind().channels == 1) std::ranges::copy(left, right.begin());
}

/// The next one takes over once it has something to say.
void Source::crossFade(std::span<float> left, std::span<float> right, const Moment& moment) noexcept
  TUTTI_NONBLOCKING
{
  const auto taking = [&](std::size_t channel) { return std::span{taking_[channel]}.first(left.size()); };
  std::ranges::fill(taking(0), 0.0F);
  std::ranges::fill(taking(1), 0.0F);
  sound(*next_, taking(0), taking(1), moment);
  if (faded_ <= 0 && !next_->isSounding()) return;
  const double step = 1 / (kCrossFade * moment.rate.hertz());
  for (std::size_t i = 0; i < left.size(); ++i) {
    faded_ = std::min(1.0, faded_ + step);
    const auto part = static_cast<float>(faded_);
    left[i] += part * (taking_[0][i] - left[i]);
    right[i] += part * (taking_[1][i] - right[i]);
  }
  if (faded_ < 1) return;
  gone_.tryPush(playing_);
  playing_ = next_;
  next_ = nullptr;
  faded_ = 0;
}

} // namespace tutti::linkaudio
