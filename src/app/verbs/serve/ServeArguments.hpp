#pragma once

#include "ServeOptions.hpp"

namespace CLI {
class App;
}

namespace tutti::app {

/// Adds `tutti serve` to the command line; `options` is filled when it is parsed.
CLI::App* addServeVerb(CLI::App& program, ServeOptions& options);

} // namespace tutti::app
