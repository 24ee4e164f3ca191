#pragma once

#include <tutti/audio/DeviceWish.hpp>

namespace CLI {
class App;
}

namespace tutti::app {

/// Teaches a verb to be told which sound device: `--device`, `--jack-server`, `--frames`. `wish` outlives the
/// parsing.
void addDeviceFlags(CLI::App& verb, audio::DeviceWish& wish);

} // namespace tutti::app
