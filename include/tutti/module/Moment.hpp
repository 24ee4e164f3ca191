#pragma once

#include <cstdint>

#include <tutti/time/BeatGrid.hpp>

namespace tutti::module {

/// Where in time a block is: what the host says with each.
struct Moment {
  std::uint32_t number = 0; ///< Of the block. What is missing between two of them was never heard of.
  SampleTime first;         ///< Of its first input frame, as the sound device counts.
  time::Beats beat;         ///< Where the first frame of the answer will be heard.
  time::Beats quantum;
  time::Tempo tempo;
  bool isPlaying = false;

  friend bool operator==(const Moment&, const Moment&) = default;
};

} // namespace tutti::module
