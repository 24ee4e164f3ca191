#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutti/audio/Decibels.hpp>
#include <tutti/audio/SampleRate.hpp>

namespace tutti::audio {

/// What came back through a cable from output to input.
struct CableReading {
  FrameCount roundTrip;    ///< From the frame that was played until it came in.
  SampleRate rate;         ///< Of these frames.
  Decibels gain;           ///< Of what came back over what was played.
  bool isInverted = false; ///< The cable, or an input, turns the polarity.

  friend bool operator==(const CableReading&, const CableReading&) = default;
};

/// Why nothing can be read from it.
enum class CableTrouble : std::uint8_t {
  nothing,  ///< Silence came back.
  other,    ///< Something came back, but not what was played.
  tooQuiet, ///< It is hardly above the noise.
  clips,    ///< It is as loud as the input can be, and louder.
  unsteady, ///< It took another time each time, or frames were lost: to be tried again.
};

/// In a sentence for a musician, with the channels as they are counted: from 1.
std::string sentenceOf(CableTrouble trouble, int output, int input);

/// Finds out, to the frame, how long sound takes from an output of a device to its input.
///
/// A short sweep is played four times. Whatever has come in is compared with it at each place where it may
/// be; the sweep is long enough to be found below noise, and of all frequencies, so that no place looks like
/// its neighbour. All four must agree.
///
/// Threads: any. It has nothing but the sweep.
class CableProbe {
public:
  explicit CableProbe(SampleRate rate);

  /// To be played, and as long as what is to be recorded from its first frame on: two seconds.
  [[nodiscard]] const std::vector<float>& sound() const { return sound_; }

  struct Answer {
    CableReading reading; ///< Good if there is no trouble.
    std::optional<CableTrouble> trouble;
  };
  /// `heard` begins with the frame in which `sound` began to be played, and is as long.
  [[nodiscard]] Answer read(std::span<const float> heard) const;

private:
  struct Match {
    std::size_t place = 0;
    double likeness = 0; ///< -1 … 1: the share of the sweep in what is there.
    double gain = 0;
  };
  [[nodiscard]] Match best(std::span<const float> heard, std::size_t from, std::size_t to) const;
  [[nodiscard]] std::vector<float> overlaid(std::span<const float> heard) const;
  [[nodiscard]] std::optional<double> steadyGain(std::span<const float> heard, std::size_t place) const;

  SampleRate rate_;
  std::size_t turn_; ///< frames from one sweep to the next: what a round trip may take at most
  std::vector<float> sweep_;
  std::vector<float> sound_;
};

} // namespace tutti::audio
