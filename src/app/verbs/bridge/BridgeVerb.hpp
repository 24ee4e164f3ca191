#pragma once

#include "BridgeOptions.hpp"

namespace tutti::app {

/// Bridges Link programs here and in a room until told to leave; returns the exit status. Neither reads nor
/// writes the settings file.
///
/// Threads: the main thread.
int runBridge(const BridgeOptions& options);

} // namespace tutti::app
