#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include <tutti/audio/Block.hpp>
#include <tutti/audio/CableProbe.hpp>

namespace tutti::audio {

/// Stands between a device and who makes its sound, and measures the device by a cable when it is asked.
///
/// While it measures only its own sweep is to be heard, on the first output; everything else plays on in
/// silence.
///
/// Threads: `process` *audio*; everything else one at a time, any. `next` outlives it.
class CableTest final : public Processor {
public:
  explicit CableTest(Processor& next)
    : next_{next}
  {}

  void process(const Block& block) noexcept TUTTI_NONBLOCKING override;

  /// Begins with the next block, or begins anew.
  void begin(SampleRate rate);
  /// Whether all has been played and heard, or disturbed.
  [[nodiscard]] bool isDone() const;

  struct Outcome {
    CableProbe::Answer answer;
    Micros told{0}; ///< What the device has told the blocks of its round trip.
  };
  /// Nothing before it is done: it has been given up then. Takes some tenths of a second.
  std::optional<Outcome> end();

private:
  /// One measurement. The audio thread has it until it says that it is done.
  struct Run {
    explicit Run(SampleRate wanted)
      : probe{wanted}
      , rate{wanted}
      , heard(probe.sound().size(), 0.0F)
    {}

    CableProbe probe;
    SampleRate rate;
    std::vector<float> heard;       // audio
    std::size_t done = 0;           // audio: frames
    std::optional<SampleTime> next; // audio
    Micros told{0};                 // audio
    bool isDisturbed = false;       // audio
    std::atomic<bool> isDone{false};
  };

  void measure(Run& run, const Block& block) noexcept TUTTI_NONBLOCKING;
  void giveUp();

  Processor& next_;
  std::unique_ptr<Run> run_;               // outside
  std::vector<std::unique_ptr<Run>> lost_; // outside: given up, and perhaps still seen by a block
  std::atomic<Run*> running_{nullptr};     // both
};

} // namespace tutti::audio
