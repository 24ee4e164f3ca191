#pragma once

#include "EndpointOptions.hpp"

namespace tutti::app {

/// Serves or uses audio streams of the LAN until told to leave; returns the exit status.
///
/// Threads: the main thread.
int runEndpoint(const EndpointOptions& options);

} // namespace tutti::app
