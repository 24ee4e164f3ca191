#pragma once

#include "PatchOptions.hpp"

namespace tutti::app {

/// Saves, loads, lists or shows a patch; returns the exit status.
///
/// Threads: the main thread.
int runPatch(const PatchOptions& options);

} // namespace tutti::app
