#pragma once

#include "LinkOptions.hpp"

namespace tutti::app {

/// `tutti link`: takes part until told to leave. Neither reads nor writes the settings file.
/// Returns the exit status.
int runLink(const LinkOptions& options);

} // namespace tutti::app
