#pragma once

#include <array>
#include <cstddef>
#include <span>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::stream {

/// Goes on with a sound as if nothing had happened: linear prediction from what was just played.
///
/// Burg's method: what it predicts never grows, and a sine stays that sine.
///
/// Threads: one at a time, also *audio*.
/// Cost:    see `./dev bench stream.prediction`.
class Prediction {
public:
  static constexpr std::size_t kPast = 480; ///< frames that it listens to
  static constexpr std::size_t kOrder = 24;

  /// `past` holds the last `kPast` frames.
  void listen(std::span<const float> past) noexcept TUTTI_NONBLOCKING;

  /// The next frame, as far as one can tell.
  float next() noexcept TUTTI_NONBLOCKING;

private:
  void reflect(double reflection, std::size_t order) noexcept TUTTI_NONBLOCKING;

  std::array<double, kOrder> weights_{}; // of the last frame, the one before it …
  std::size_t order_ = 0;
  std::array<double, 2 * kOrder> recent_{}; // the last kOrder frames, written twice so that they lie in a row
  std::size_t newest_ = 0;
};

} // namespace tutti::stream
