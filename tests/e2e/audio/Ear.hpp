#pragma once

#include <atomic>
#include <cmath>
#include <cstdint>
#include <tutti/audio/AudioDevice.hpp>
#include <tutti/rt/SpscRing.hpp>
#include <vector>

namespace tutti::test {

/// Plays samples that say their own number, and tells for each block how late it hears them.
class Ear final : public audio::Processor {
public:
  struct Heard {
    std::size_t frames = 0;
    audio::SampleRate rate;
    SampleTime first;
    HostTime captured{};
    HostTime audible{};
    std::size_t outputs = 0;
    std::int64_t delay = -1; ///< Frames, the same for all of the block; -1: silence, or not one thing.
  };

  void process(const audio::Block& block) noexcept TUTTI_NONBLOCKING override
  {
    Heard heard{block.frames,  block.rate,           block.first, block.captured,
                block.audible, block.outputs.size(), -1};
    if (!block.inputs.empty()) heard.delay = delayOf(block.inputs[0], block.first);
    for (std::size_t i = 0; i < block.frames; ++i) {
      const float sample = sampleAt(block.first.frames + static_cast<std::int64_t>(i));
      for (const auto& output : block.outputs)
        if (!output.empty()) output[i] = sample;
    }
    blocks_.fetch_add(1, std::memory_order_relaxed);
    heard_.tryPush(heard);
  }

  [[nodiscard]] std::uint64_t blocks() const { return blocks_; }

  std::vector<Heard> takeAll()
  {
    std::vector<Heard> all;
    while (const auto one = heard_.tryPop()) all.push_back(*one);
    return all;
  }

  /// Of the blocks until now, how many heard what was played exactly so many frames before.
  static std::size_t countWith(const std::vector<Heard>& blocks, std::int64_t delay)
  {
    std::size_t count = 0;
    for (const auto& block : blocks) count += block.delay == delay ? 1U : 0U;
    return count;
  }

private:
  static constexpr std::int64_t kRound = 1 << 23; // a float counts so far exactly

  static float sampleAt(std::int64_t number) noexcept TUTTI_NONBLOCKING
  {
    return static_cast<float>(number % kRound + 1) / static_cast<float>(2 * kRound);
  }
  static std::int64_t delayOf(std::span<const float> input, SampleTime first) noexcept TUTTI_NONBLOCKING
  {
    std::int64_t delay = -1;
    for (std::size_t i = 0; i < input.size(); ++i) {
      if (input[i] == 0.0F) return -1;
      const auto number = static_cast<std::int64_t>(input[i] * static_cast<float>(2 * kRound)) - 1;
      const auto late = ((first.frames + static_cast<std::int64_t>(i) - number) % kRound + kRound) % kRound;
      if (i > 0 && late != delay) return -1;
      delay = late;
    }
    return delay;
  }

  rt::SpscRing<Heard> heard_{65'536};
  std::atomic<std::uint64_t> blocks_{0};
};

} // namespace tutti::test
