#pragma once

#include <algorithm>
#include <array>
#include <atomic>
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
    next_.process(block);
  }

  [[nodiscard]] std::vector<audio::Level> read() const
  {
    std::vector<audio::Level> levels;
    for (std::size_t i = 0; i < count_.load(std::memory_order_relaxed); ++i)
      levels.push_back(meters_[i].read());
    return levels;
  }

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
};

} // namespace tutti::engine
