#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/DeviceWish.hpp>

namespace tutti::audio {

/// A device that could be opened now.
struct DeviceDescription {
  Backend backend = Backend::jack;
  std::string name;  ///< Goes into a `DeviceWish`.
  std::string title; ///< For people.
  int inputs = 0;
  int outputs = 0;
  SampleRate rate;                   ///< The one that it runs at by itself.
  std::vector<SampleRate> rates;     ///< Those of the usual ones that it can run at now, rising, and `rate`.
  std::optional<std::size_t> frames; ///< Of a block, where others share it: a JACK server's period.
  bool isUsual = false;              ///< What its interface takes when nothing is said.
};

/// All there are, what suits a musician best first: JACK servers, then full duplex, the usual ones before
/// others. The last one is the steady clock, which is always there.
///
/// Takes up to two seconds, and looks at what is plugged in now unless a PortAudio device is open.
///
/// Threads: any but audio.
std::vector<DeviceDescription> listDevices();

} // namespace tutti::audio
