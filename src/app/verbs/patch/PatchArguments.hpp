#pragma once

#include "PatchOptions.hpp"

namespace CLI {
class App;
}

namespace tutti::app {

/// Teaches the command line `patch`; `options` outlives the parsing.
CLI::App* addPatchVerb(CLI::App& program, PatchOptions& options);

} // namespace tutti::app
