#pragma once

#include "ServeOptions.hpp"

namespace tutti::app {

/// `tutti serve`: serves rooms until told to leave. Returns the exit status.
int runServe(const ServeOptions& options);

} // namespace tutti::app
