#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::linkaudio {

/// Reads between frames, at any speed: a windowed sinc that becomes wider where frames are passed faster, so
/// that what the output cannot carry is filtered away.
///
/// `audio::Resampler` is better around one ratio; this one follows a tempo to three times it and back.
///
/// Threads: *audio*. Constructed outside; all share one table.
class Varispeed {
public:
  static constexpr std::size_t kReach = 16;     ///< frames to each side, at usual speeds
  static constexpr std::size_t kMostReach = 64; ///< … and at any

  Varispeed();

  /// How many frames to each side a read at this speed wants. Speeds are frames of input for one of output.
  [[nodiscard]] static std::size_t reachAt(double speed) noexcept TUTTI_NONBLOCKING;

  /// The signal at `place` of `frames`, which has the reach to both sides.
  [[nodiscard]] float read(std::span<const float> frames, double place, double speed) const noexcept
    TUTTI_NONBLOCKING;

private:
  [[nodiscard]] float readStretched(std::span<const float> frames, double place,
                                    double stretch) const noexcept TUTTI_NONBLOCKING;

  std::shared_ptr<const std::vector<float>> table_;
};

} // namespace tutti::linkaudio
