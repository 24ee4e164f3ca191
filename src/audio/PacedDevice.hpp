#pragma once

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include <tutti/audio/AudioDevice.hpp>

#include "Callback.hpp"

namespace tutti::audio {

/// No hardware: a steady clock of its own, silence in, what is played goes nowhere. Two channels each way.
///
/// It cannot be lost, so it has no events.
class PacedDevice final : public AudioDevice {
public:
  PacedDevice(const DeviceWish& wish, Processor& processor);
  ~PacedDevice() override;

  [[nodiscard]] DeviceStatus status() const override;
  std::optional<DeviceEvent> tryPopEvent() override { return std::nullopt; }
  LoadMeter& load() override { return callback_.load(); }
  void setTrim(Micros in, Micros out) override { callback_.clock().setTrims(in, out); }

private:
  void run();

  const SampleRate rate_;
  const std::size_t frames_;
  Callback callback_;
  std::array<std::vector<float>, 4> channels_; // audio: two in, two out
  std::atomic<bool> isEnding_ = false;
  std::thread thread_; // last: runs on all the others
};

} // namespace tutti::audio
