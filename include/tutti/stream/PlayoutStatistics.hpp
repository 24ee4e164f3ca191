#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <tutti/time/HostClock.hpp>

namespace tutti::stream {

/// What became of a delay in beats. While it cannot be kept, a player is heard live.
enum class InBeats : std::uint8_t {
  off,     ///< none was chosen
  kept,    ///< each sound is heard so many beats after it was played
  unknown, ///< when frames were captured, or how the beats lie
  tooFar,  ///< the path needs longer: more beats, or a slower tempo
  tooLong  ///< longer than `DelayMode::kLongest`: fewer beats, or a faster tempo
};

/// How one remote stream fares. Counts are of frames since the stream began.
struct PlayoutStatistics {
  std::uint64_t received = 0;  ///< from the wire, each once
  std::uint64_t recovered = 0; ///< of them: by a later packet that said them again
  std::uint64_t played = 0;
  std::uint64_t late = 0;      ///< came when their moment was over
  std::uint64_t concealed = 0; ///< made up, because they were late or lost
  std::uint64_t gaps = 0;      ///< how often something had to be made up
  std::uint64_t leaps = 0;     ///< changes of the delay by cross-fade

  double driftPpm = 0;  ///< how much faster the sender's device counts than ours
  Micros target{};      ///< that packets wait after their usual arrival
  Micros playout{};     ///< from the usual arrival of a frame until its turn, measured
  Micros resampler{};   ///< in the resampler
  Micros usualJitter{}; ///< the mean deviation from the usual arrival
  bool isPlaying = false;
  InBeats inBeats = InBeats::off;
  Micros beats{};  ///< what they come to at this tempo
  Micros needed{}; ///< the shortest that nearly all come in time with, from instrument to ear

  /// Shares of packets by how much later than usual they came, in bins of 0.25 ms from -2 ms.
  std::array<float, 48> jitter{};
};

} // namespace tutti::stream
