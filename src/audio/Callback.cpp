#include "Callback.hpp"

#include <algorithm>

#include <tutti/rt/Foreign.hpp>

namespace tutti::audio {

void Callback::run(const Period& period) noexcept TUTTI_NONBLOCKING
{
  const auto before = rt::effortOfThisThread();
  next_ = next_ + FrameCount{period.skipped};
  for (std::size_t from = 0; from < period.frames; from += Block::kLongest)
    runBlock(period, from, std::min(Block::kLongest, period.frames - from));
  const auto after = rt::effortOfThisThread();
  load_.record({.passed = time::HostClock::now() - period.entered,
                .computed = Micros{after.computedMicros - before.computedMicros},
                .hasWaited = after.waits != before.waits},
               period.rate.toMicros(FrameCount{static_cast<std::int64_t>(period.frames)}));
  periods_.fetch_add(1, std::memory_order_release);
}

void Callback::runBlock(const Period& period, std::size_t from, std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  const auto inputs = std::min(period.inputs.size(), inputs_.size());
  const auto outputs = std::min(period.outputs.size(), outputs_.size());
  for (std::size_t i = 0; i < inputs; ++i)
    inputs_[i] = period.inputs[i] ? std::span{period.inputs[i] + from, frames} : std::span<const float>{};
  for (std::size_t i = 0; i < outputs; ++i) {
    outputs_[i] = period.outputs[i] ? std::span{period.outputs[i] + from, frames} : std::span<float>{};
    std::fill(outputs_[i].begin(), outputs_[i].end(), 0.0F);
  }
  const auto later = period.rate.toMicros(FrameCount{static_cast<std::int64_t>(from)});
  const auto moments = clock_.blockAt(next_, period.began + later);
  processor_.process({.inputs = std::span{inputs_}.first(inputs),
                      .outputs = std::span{outputs_}.first(outputs),
                      .frames = frames,
                      .rate = period.rate,
                      .first = next_,
                      .captured = moments.captured,
                      .audible = moments.audible});
  next_ = next_ + FrameCount{static_cast<std::int64_t>(frames)};
}

} // namespace tutti::audio
