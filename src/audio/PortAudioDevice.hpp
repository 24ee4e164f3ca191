#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/rt/SpscRing.hpp>

#include "Attendant.hpp"
#include "Callback.hpp"
#include "DeviceWatch.hpp"
#include "PortAudioStream.hpp"

namespace tutti::audio {

/// A device of the system's own sound interface, opened again whenever it is plugged in again.
///
/// Only a JACK server that died while it was used through PortAudio is not found again: PortAudio cannot let
/// go of it. A JACK server is better used as JACK.
class PortAudioDevice final : public AudioDevice {
public:
  static Result<std::unique_ptr<AudioDevice>> open(const DeviceWish& wish, Processor& processor);
  ~PortAudioDevice() override;

  [[nodiscard]] DeviceStatus status() const override;
  std::optional<DeviceEvent> tryPopEvent() override { return events_.tryPop(); }
  LoadMeter& load() override { return callback_.load(); }
  void setTrim(Micros in, Micros out) override { callback_.clock().setTrims(in, out); }

private:
  PortAudioDevice(const DeviceWish& wish, Processor& processor)
    : wish_{wish}
    , callback_{processor}
  {}

  Result<void> openStream();
  [[nodiscard]] bool isStuck() const;
  void look();
  void returnIfPossible();
  void tell(DeviceEvent event);
  void updateStatus();
  [[nodiscard]] DeviceWatch::Look currentLook() const;

  DeviceWish wish_; // the device by its full name once it was found
  Callback callback_;
  rt::SpscRing<DeviceEvent> events_{64};
  mutable std::mutex statusMutex_;
  DeviceStatus status_; // under statusMutex_

  // The attendant's, once it runs.
  std::unique_ptr<PortAudioStream> stream_; // none while the device is away
  std::optional<DeviceWatch> watch_;
  int returnIn_ = 0;
  HostTime openedAt_{};
  HostTime lostAt_{};
  std::optional<Attendant> attendant_; // last: ends first
};

} // namespace tutti::audio
