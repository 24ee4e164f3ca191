#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include <tutti/audio/Block.hpp>
#include <tutti/audio/Meter.hpp>

namespace tutti::engine {

/// Meters what each input that was chosen brings, before anything is made of it.
///
/// Threads: `process` *audio*; `read` any. `next` outlives it.
class InputMeters final : public audio::Processor {
public:
  explicit InputMeters(audio::Processor& next)
    : next_{next}
  {}

  void process(const audio::Block& block) noexcept TUTTI_NONBLOCKING override
  {
    const auto count = std::min(block.inputs.size(), kMost);
    for (std::size_t i = 0; i < count; ++i) meters_[i].process(block.inputs[i]);
    count_.store(count, std::memory_order_relaxed);
    inputs_.store(static_cast<std::int64_t>(block.inputs.size()), std::memory_order_relaxed);
    next_.process(block);
  }

  [[nodiscard]] std::vector<audio::Level> read() const
  {
    std::vector<audio::Level> levels;
    for (std::size_t i = 0; i < count_.load(std::memory_order_relaxed); ++i)
      levels.push_back(meters_[i].read());
    return levels;
  }

  /// How many inputs the device has; nothing before its first block.
  [[nodiscard]] std::optional<std::size_t> count() const
  {
    const auto inputs = inputs_.load(std::memory_order_relaxed);
    return inputs < 0 ? std::nullopt : std::optional{static_cast<std::size_t>(inputs)};
  }
  /// Another device follows. No blocks come meanwhile.
  void forget() { inputs_.store(-1, std::memory_order_relaxed); }

  void clearClips()
  {
    for (auto& meter : meters_) meter.clearClip();
  }

private:
  static constexpr std::size_t kMost = 8; // as many as a musician looks through

  audio::Processor& next_;
  // Their time scales are made for 48 kHz; at other rates an eye sees no difference
  std::array<audio::Meter, kMost> meters_{audio::Meter{{}}, audio::Meter{{}}, audio::Meter{{}},
                                          audio::Meter{{}}, audio::Meter{{}}, audio::Meter{{}},
                                          audio::Meter{{}}, audio::Meter{{}}};
  std::atomic<std::size_t> count_{0};
  std::atomic<std::int64_t> inputs_{-1};
};

} // namespace tutti::engine
