#pragma once

#include <mutex>
#include <optional>
#include <portaudio.h>
#include <string>
#include <vector>

#include <tutti/audio/DeviceList.hpp>
#include <tutti/core/Result.hpp>

namespace tutti::audio {

/// PortAudio from its start to its end. What is plugged in is seen when the first session starts.
///
/// PortAudio is one for the whole program and not thread-safe, so all that we ask of it is asked under one
/// lock.
class PortAudioSession {
public:
  static Result<PortAudioSession> start();
  ~PortAudioSession();
  PortAudioSession(PortAudioSession&& other) noexcept;
  PortAudioSession& operator=(PortAudioSession&&) = delete;

  /// Never ends it: somebody in there cannot be made to leave.
  void leaveBehind() { isOurs_ = false; }

  /// Held by who calls PortAudio.
  static std::unique_lock<std::recursive_mutex> lock();

  [[nodiscard]] std::vector<DeviceDescription> devices() const;

  /// By its name, or a part of it that only one has; empty: the usual one. With as many channels as possible
  /// where several fit.
  [[nodiscard]] Result<PaDeviceIndex> find(const std::string& name) const;

  [[nodiscard]] static std::string nameOf(PaDeviceIndex device);

private:
  PortAudioSession() = default;
  bool isOurs_ = true;
};

} // namespace tutti::audio
