#pragma once

#include <array>
#include <atomic>
#include <compare>
#include <memory>
#include <string>
#include <vector>

#include <tutti/audio/DeviceWish.hpp>
#include <tutti/core/Result.hpp>

#include "Callback.hpp"
#include "JackLibrary.hpp"
#include "PeriodStart.hpp"

namespace tutti::audio {

/// A cable between a port of ours and another one.
struct JackCable {
  std::string own;       ///< Without our client's name, which may be another one next time.
  std::string other;     ///< With its client's name, unless `isOwn`.
  bool isSource = false; ///< Sound goes from `own` to `other`.
  bool isOwn = false;    ///< `other` is a port of ours too.
  friend auto operator<=>(const JackCable&, const JackCable&) = default;
};

/// One visit at a JACK server: from finding it to its end or ours. A server that comes back is another visit.
///
/// Threads: one at a time, any but audio; the callback runs on JACK's thread.
class JackClient {
public:
  static constexpr std::size_t kInputs = 2;
  static constexpr std::size_t kOutputs = Block::kMostChannels;

  /// Ports may be made, nothing is heard before `activate`.
  static Result<std::unique_ptr<JackClient>> open(const DeviceWish& wish, Callback& callback);
  ~JackClient();
  JackClient(const JackClient&) = delete;
  JackClient& operator=(const JackClient&) = delete;

  Result<void> activate();

  Result<void> addOutput(std::size_t channel, const std::string& name);
  /// When this returns, JACK has no such port and the callback does not see it.
  void removeOutput(std::size_t channel);

  void connectInputs(ChannelPair pair);
  void connectOutputs(ChannelPair pair);
  [[nodiscard]] std::vector<JackCable> cables() const;
  /// False as long as the other end does not exist.
  bool plug(const JackCable& cable);

  void askForFrames(std::size_t frames);

  [[nodiscard]] std::string name() const;
  [[nodiscard]] bool isShutDown() const { return isShutDown_; }
  /// Whether JACK itself has understood that its server is gone: from then on it can be closed without
  /// waiting.
  [[nodiscard]] bool isAtRest() const;
  [[nodiscard]] SampleRate rate() const
  {
    return SampleRate::fromHertz(static_cast<std::int32_t>(rate_.load()));
  }
  [[nodiscard]] std::size_t frames() const { return frames_; }
  [[nodiscard]] FrameCount captureLatency() const;
  [[nodiscard]] FrameCount playbackLatency() const;

  /// Once after each change.
  bool tryTakeCablesChanged() { return cablesChanged_.exchange(false); }
  bool tryTakePortsChanged() { return portsChanged_.exchange(false); }

private:
  JackClient(const JackLibrary& jack, jack_client_t* client, Callback& callback);

  void setCallbacks();
  Result<jack_port_t*> makePort(const std::string& name, unsigned long flags);
  [[nodiscard]] std::vector<std::string> hardware(unsigned long flags, ChannelPair pair) const;
  void addCables(std::vector<JackCable>& cables, jack_port_t* port, bool isSource) const;
  [[nodiscard]] std::string full(const std::string& own) const { return name() + ":" + own; }
  void waitForCallback() const;

  static int onProcess(jack_nframes_t frames, void* self) noexcept TUTTI_NONBLOCKING;
  void run(jack_nframes_t frames) noexcept TUTTI_NONBLOCKING;
  HostTime whenItBegan(HostTime entered, jack_nframes_t& frame) noexcept TUTTI_NONBLOCKING;
  std::uint32_t framesLost(jack_nframes_t frame, jack_nframes_t frames) noexcept TUTTI_NONBLOCKING;

  const JackLibrary& jack_;
  jack_client_t* const client_;
  Callback& callback_;
  std::array<jack_port_t*, kInputs> inputs_{};                // set before activation
  std::array<std::atomic<jack_port_t*>, kOutputs> outputs_{}; // both
  std::array<const float*, kInputs> inputBuffers_{};          // audio
  std::array<float*, kOutputs> outputBuffers_{};              // audio
  bool hasCounted_ = false;                                   // audio
  jack_nframes_t nextFrame_ = 0;                              // audio
  PeriodStart periodStart_;                                   // audio
  std::atomic<bool> isActive_ = false;
  std::atomic<bool> isShutDown_ = false; // both, as the rest
  std::atomic<HostTime> shutDownAt_{};   // before isShutDown_
  std::atomic<bool> cablesChanged_ = false;
  std::atomic<bool> portsChanged_ = false;
  std::atomic<std::uint32_t> rate_{0};
  std::atomic<std::uint32_t> frames_{0};
};

} // namespace tutti::audio
