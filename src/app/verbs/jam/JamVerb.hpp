#pragma once

#include "JamOptions.hpp"

namespace tutti::app {

/// Plays in a room until told to leave; returns the exit status.
///
/// Threads: the main thread.
int runJam(const JamOptions& options);

} // namespace tutti::app
