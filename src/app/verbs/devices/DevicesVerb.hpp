#pragma once

namespace CLI {
class App;
}

namespace tutti::app {

struct DevicesOptions {
  bool isJson = false;
};

/// Adds the verb with its flags; parsing fills `options`, which must live that long.
CLI::App* addDevicesVerb(CLI::App& program, DevicesOptions& options);

/// `tutti devices`: says what sound devices there are. Returns the exit status, 0 also when there is none.
int runDevices(const DevicesOptions& options);

} // namespace tutti::app
