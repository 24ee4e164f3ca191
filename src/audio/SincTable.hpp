#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::audio {

/// A windowed sinc, sampled at many offsets between two frames: each row interpolates at one offset.
///
/// Rows are normalised: a constant comes out as itself at every offset. Between rows the caller interpolates
/// linearly.
class SincTable {
public:
  /// `halfLength` frames on each side of the middle; a multiple of two, so that rows fill vectors of four.
  /// `cutoff` is the share of the input's bandwidth that passes: 1, or less when going to a lower rate.
  SincTable(std::size_t halfLength, double cutoff);

  /// One table for all who want the same: a room full of players reads one from the cache. Threads: any but
  /// audio.
  static std::shared_ptr<const SincTable> shared(std::size_t halfLength, double cutoff);

  static constexpr std::size_t kRows = 512; // linear between them: 116 dB below the signal

  [[nodiscard]] std::size_t taps() const noexcept TUTTI_NONBLOCKING { return taps_; }

  /// Row 0 to `kRows`, the last one for reading beyond the one before it.
  [[nodiscard]] const float* row(std::size_t index) const noexcept TUTTI_NONBLOCKING
  {
    return coefficients_.data() + index * taps_;
  }

private:
  void fill(std::size_t row, double cutoff);

  std::size_t taps_;
  std::vector<float> coefficients_;
};

} // namespace tutti::audio
