#pragma once

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
  SampleRate rate;      ///< The one that it runs at by itself.
  bool isUsual = false; ///< What its interface takes when nothing is said.
};

/// All there are, what suits a musician best first: JACK, then full duplex, the usual ones before others.
///
/// Takes up to a second, and looks at what is plugged in now unless a PortAudio device is open.
///
/// Threads: any but audio.
std::vector<DeviceDescription> listDevices();

} // namespace tutti::audio
