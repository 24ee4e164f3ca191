#include "Shelf.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tutti::stream {

Shelf::Shelf(std::size_t channels, std::size_t frames)
  : mask_{std::bit_ceil(std::max<std::size_t>(frames, 2)) - 1}
  , samples_(channels, std::vector<float>(mask_ + 1))
  , isThere_(mask_ + 1)
{}

std::int64_t Shelf::reach() const noexcept TUTTI_NONBLOCKING
{
  return static_cast<std::int64_t>((mask_ + 1) / 2);
}

std::size_t Shelf::put(const Chunk& chunk) noexcept TUTTI_NONBLOCKING
{
  std::size_t added = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(chunk.frames, Chunk::kFrames); ++i) {
    const auto frame = chunk.first.frames + static_cast<std::int64_t>(i);
    if (frame < place_ - reach() || frame >= place_ + reach()) continue;
    const auto slot = slotOf(frame);
    if (isThere_[slot] != 0) continue;
    isThere_[slot] = 1;
    for (std::size_t channel = 0; channel < samples_.size(); ++channel)
      samples_[channel][slot] = chunk.samples[channel][i];
    ++added;
  }
  return added;
}

void Shelf::takeOver(const Shelf& other, std::int64_t frames) noexcept TUTTI_NONBLOCKING
{
  moveTo(other.place_);
  const auto end = place_ + std::min({frames, reach(), other.reach()});
  for (auto frame = place_; frame < end; ++frame) {
    if (other.isThere_[other.slotOf(frame)] == 0) continue;
    const auto slot = slotOf(frame);
    isThere_[slot] = 1;
    for (std::size_t channel = 0; channel < samples_.size(); ++channel)
      samples_[channel][slot] = other.at(channel, frame);
  }
}

void Shelf::moveTo(std::int64_t place) noexcept TUTTI_NONBLOCKING
{
  if (place > place_) clear(place_ + reach(), place + reach());
  if (place < place_) clear(place - reach(), place_ - reach());
  place_ = place;
}

/// Slots that come to stand for other frames.
void Shelf::clear(std::int64_t from, std::int64_t to) noexcept TUTTI_NONBLOCKING
{
  if (to - from >= 2 * reach()) {
    std::ranges::fill(isThere_, std::uint8_t{0});
    return;
  }
  for (auto frame = from; frame < to; ++frame) isThere_[slotOf(frame)] = 0;
}

std::size_t Shelf::presentRun(std::int64_t from, std::size_t most) const noexcept TUTTI_NONBLOCKING
{
  std::size_t run = 0;
  while (run < most && isThere_[slotOf(from + static_cast<std::int64_t>(run))] != 0) ++run;
  return run;
}

std::size_t Shelf::missingRun(std::int64_t from, std::size_t most) const noexcept TUTTI_NONBLOCKING
{
  std::size_t run = 0;
  while (run < most && isThere_[slotOf(from + static_cast<std::int64_t>(run))] == 0) ++run;
  return run;
}

std::size_t Shelf::quietRun(std::int64_t from, std::size_t most, float level) const noexcept TUTTI_NONBLOCKING
{
  const auto present = presentRun(from, most);
  for (std::size_t run = 0; run < present; ++run)
    for (const auto& channel : samples_)
      if (std::abs(channel[slotOf(from + static_cast<std::int64_t>(run))]) > level) return run;
  return present;
}

void Shelf::copy(std::size_t channel, std::int64_t from, std::span<float> to) const noexcept TUTTI_NONBLOCKING
{
  const auto& samples = samples_[channel];
  const auto slot = slotOf(from);
  const auto untilEnd = std::min(to.size(), samples.size() - slot);
  std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(slot), untilEnd, to.begin());
  std::copy_n(samples.begin(), to.size() - untilEnd, to.begin() + static_cast<std::ptrdiff_t>(untilEnd));
}

} // namespace tutti::stream
