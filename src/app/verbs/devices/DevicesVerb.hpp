#pragma once

#include <tutti/audio/DeviceWish.hpp>

namespace CLI {
class App;
}

namespace tutti::app {

struct DevicesOptions {
  bool isJson = false;
  bool isCalibrating = false; ///< `device` is measured by a cable.
  audio::DeviceWish device;
};

/// Adds the verb with its flags; parsing fills `options`, which must live that long.
CLI::App* addDevicesVerb(CLI::App& program, DevicesOptions& options);

/// `tutti devices`: says what sound devices there are, 0 also when there is none; or measures one by a cable
/// and remembers what it says. Returns the exit status.
int runDevices(const DevicesOptions& options);

} // namespace tutti::app
