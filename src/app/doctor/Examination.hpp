#pragma once

#include "Finding.hpp"

namespace tutti::app {

/// Probes this machine and judges what it finds. Takes up to a second; sends nothing beyond this machine and
/// changes nothing on it.
///
/// Threads: any but gui (it waits).
Findings examineMachine();

} // namespace tutti::app
