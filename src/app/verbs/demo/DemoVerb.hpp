#pragma once

#include <filesystem>
#include <optional>

#include <tutti/time/HostClock.hpp>

namespace CLI {
class App;
}

namespace tutti::app {

/// What the command line of `tutti demo` asks for.
struct DemoOptions {
  std::filesystem::path folder = "tutti-demo"; ///< Where the recording and the picture go.
  std::optional<Micros> duration = Micros{10'000'000};
  bool isJson = false;
};

CLI::App* addDemoVerb(CLI::App& program, DemoOptions& options);

/// Plays it; returns the exit status.
///
/// Threads: the main thread.
int runDemo(const DemoOptions& options);

} // namespace tutti::app
