#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/rt/SpscRing.hpp>

#include "Attendant.hpp"
#include "Callback.hpp"
#include "DeviceWatch.hpp"
#include "JackClient.hpp"

namespace tutti::audio {

/// A JACK server, found again whenever it comes back. What it loses with the server is remembered here: extra
/// outputs and cables.
class JackDevice final : public AudioDevice {
public:
  static Result<std::unique_ptr<AudioDevice>> open(const DeviceWish& wish, Processor& processor);
  ~JackDevice() override;

  [[nodiscard]] DeviceStatus status() const override;
  std::optional<DeviceEvent> tryPopEvent() override { return events_.tryPop(); }
  LoadMeter& load() override { return callback_.load(); }
  void setTrim(Micros in, Micros out) override { callback_.clock().setTrims(in, out); }
  Result<OutputPair> addOutputs(const std::string& name) override;
  void removeOutputs(OutputPair pair) override;

private:
  static constexpr std::size_t kPairs = JackClient::kOutputs / 2;

  JackDevice(const DeviceWish& wish, Processor& processor);

  // All of these under `mutex_`.
  Result<void> visit();
  Result<void> registerPair(std::size_t pair);
  void look();
  void returnIfPossible();
  void lookAfterCables();
  void tell(DeviceEvent event);
  void updateLatencies();
  void updateStatus();
  [[nodiscard]] DeviceWatch::Look currentLook() const;
  [[nodiscard]] std::string uniqueName(const std::string& wanted) const;

  const DeviceWish wish_;
  Callback callback_;
  rt::SpscRing<DeviceEvent> events_{64};
  mutable std::mutex statusMutex_;
  DeviceStatus status_; // under statusMutex_, so that asking waits for nobody

  std::mutex mutex_; // all below
  std::array<std::optional<std::string>, kPairs> pairs_;
  std::set<JackCable> cables_;    // as the musician left them
  std::set<JackCable> unplugged_; // of these, whose other end has not come back yet
  int cablesSettleIn_ = 0;
  int returnIn_ = 0;
  HostTime lostAt_{};
  std::unique_ptr<JackClient> client_; // none while the server is away
  std::unique_ptr<JackClient> last_;   // of a server that is gone, until it can be closed
  std::optional<DeviceWatch> watch_;
  std::optional<Attendant> attendant_; // last: ends first
};

} // namespace tutti::audio
