// What a listener would complain of in a recorded sine.
//
// The sine is followed by its amplitude and phase over 50 ms, so slow things (a resampler that steers, a
// fade) are no fault. A glitch is what departs from that by more than 12 % of the amplitude for longer than 2
// ms; two within 20 ms are one. The noise is what is left beside glitches. A gap is where, period for period,
// less than half of the amplitude is left: a jump to another place of the sine is a glitch and no gap.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hearing {

struct Glitch {
  double atSeconds = 0; ///< In the recording.
  double seconds = 0;
};

struct Review {
  std::vector<Glitch> glitches;
  std::vector<Glitch> gaps;
  double signalToNoiseDb = 0; ///< 0 when there was nothing but glitches.
  double amplitude = 0;       ///< Median.
  double seconds = 0;         ///< That were judged.
};

/// How loud a sine of `hz` is in `sound`, which holds whole periods of it; other tones with whole periods do
/// not count.
double amplitudeOf(std::span<const float> sound, double rate, double hz);

/// `recording` holds a sine of about `hz` (0.5 % off at most), longer than a tenth of a second.
Review reviewSine(std::span<const float> recording, double rate, double hz);

} // namespace hearing
