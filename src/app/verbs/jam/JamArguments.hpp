#pragma once

#include "JamOptions.hpp"

namespace CLI {
class App;
}

namespace tutti::app {

/// Teaches the command line `jam`; `options` outlives the parsing.
CLI::App* addJamVerb(CLI::App& program, JamOptions& options);

} // namespace tutti::app
