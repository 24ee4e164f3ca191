#pragma once

#include <array>
#include <cstddef>

#include <tutti/module/LaneShape.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti::module {

/// Opens and closes within a millisecond, so that sound that is suddenly missing, or there again, does not
/// click: what was heard last is held while it closes.
///
/// Threads: one at a time, *audio*.
class Curtain {
public:
  /// Once for each frame, before its channels.
  void move(bool isOpening) noexcept TUTTI_NONBLOCKING
  {
    gain_ += isOpening ? kStep : -kStep;
    gain_ = gain_ < 0 ? 0 : gain_ > 1 ? 1 : gain_;
  }
  float through(std::size_t channel, float sample) noexcept TUTTI_NONBLOCKING
  {
    held_[channel] = sample;
    return sample * gain_;
  }
  [[nodiscard]] float held(std::size_t channel) const noexcept TUTTI_NONBLOCKING
  {
    return held_[channel] * gain_;
  }
  [[nodiscard]] bool isClosed() const noexcept TUTTI_NONBLOCKING { return gain_ <= 0; }

private:
  static constexpr float kStep = 1.0F / 48;

  float gain_ = 0;
  std::array<float, LaneShape::kMostChannels> held_{};
};

} // namespace tutti::module
