#pragma once

#include <cstdint>
#include <vector>

#include <tutti/audio/AudioDevice.hpp>

namespace tutti::audio {

/// Tells from regular looks at a device what has happened to it: a machine without devices, threads or
/// clocks.
///
/// A device is lost when its stream is gone, or when no period has come for half a second although it is
/// there; it has returned with its next period.
///
/// Threads: one at a time.
class DeviceWatch {
public:
  struct Look {
    bool isThere = false;      ///< The stream exists and nothing has ended it.
    std::uint64_t periods = 0; ///< That have come by now.
    SampleRate rate;
    std::size_t frames = 0;
  };

  /// Starts with a device that was just opened.
  DeviceWatch(const Look& first, HostTime now)
    : last_{first}
    , lastPeriod_{now}
  {}

  /// What is new since the last look.
  std::vector<DeviceEvent> look(const Look& now, HostTime at);

  [[nodiscard]] bool isRunning() const { return isRunning_; }

private:
  bool isRunning_ = true;
  Look last_;
  HostTime lastPeriod_;
};

} // namespace tutti::audio
