#pragma once

#include <memory>
#include <portaudio.h>
#include <string>

#include <tutti/audio/DeviceWish.hpp>
#include <tutti/core/Result.hpp>

#include "Callback.hpp"
#include "CallbackGate.hpp"
#include "PortAudioSession.hpp"

namespace tutti::audio {

/// One running stream of a PortAudio device; a device that comes back gets another one.
///
/// Threads: one at a time, any but audio; the callback runs on PortAudio's thread.
class PortAudioStream {
public:
  static Result<std::unique_ptr<PortAudioStream>> open(const DeviceWish& wish, Callback& callback);
  ~PortAudioStream();
  PortAudioStream(const PortAudioStream&) = delete;
  PortAudioStream& operator=(const PortAudioStream&) = delete;

  /// False once the device has ended it. An ALSA device that was pulled out may stay active for ever and play
  /// nothing.
  [[nodiscard]] bool isActive() const;
  [[nodiscard]] bool isThroughJack() const { return isThroughJack_; }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] SampleRate rate() const { return rate_; }
  [[nodiscard]] std::size_t frames() const { return frames_; }
  [[nodiscard]] Micros inputLatency() const;
  [[nodiscard]] Micros outputLatency() const;

private:
  PortAudioStream(PortAudioSession session, const DeviceWish& wish, Callback& callback)
    : session_{std::move(session)}
    , wish_{wish}
    , callback_{callback}
    , gate_{std::make_unique<CallbackGate<PortAudioStream>>(*this)}
  {}

  /// What PortAudio is asked for in each direction. Null: that direction is not used.
  struct Halves {
    PaStreamParameters in;
    PaStreamParameters out;
    [[nodiscard]] const PaStreamParameters* input() const { return in.channelCount > 0 ? &in : nullptr; }
    [[nodiscard]] const PaStreamParameters* output() const { return out.channelCount > 0 ? &out : nullptr; }
  };
  [[nodiscard]] Halves halvesAt(PaDeviceIndex device, double rate) const;
  [[nodiscard]] bool canRunAt(PaDeviceIndex device, double rate) const;
  Result<void> start(PaDeviceIndex device);
  Result<void> startAt(PaDeviceIndex device, double rate);
  void leaveBehind();
  [[nodiscard]] std::string sentenceFor(PaError error, double rate) const;

  static int onBlock(const void* input, void* output, unsigned long frames,
                     const PaStreamCallbackTimeInfo* time, PaStreamCallbackFlags flags, void* gate) noexcept
    TUTTI_NONBLOCKING;
  void run(const float* const* input, float* const* output, std::size_t frames,
           PaStreamCallbackFlags flags) noexcept TUTTI_NONBLOCKING;

  /// The channels of a device up to our pair, and the ones of them that are ours.
  struct Channels {
    int opened = 0;
    std::size_t first = 0;
    std::size_t count = 0;
  };
  static Channels choose(const std::optional<ChannelPair>& pair, int available);

  PortAudioSession session_;
  const DeviceWish wish_;
  Callback& callback_;
  std::unique_ptr<CallbackGate<PortAudioStream>> gate_;
  PaStream* stream_ = nullptr;
  std::string name_;
  bool isThroughJack_ = false;
  SampleRate rate_;
  std::size_t frames_ = 0;
  Channels inputs_;
  Channels outputs_;
};

} // namespace tutti::audio
