#pragma once

#include <tutti/core/Result.hpp>

namespace tutti::rt {

/// How urgent a thread is. The sound server's own thread stays above both.
enum class Urgency {
  audio, ///< A block of sound waits for it.
  media, ///< A packet of sound waits for it.
};

/// Asks the system to run the calling thread before all ordinary ones, and what it starts from now on as
/// usual.
///
/// Threads: any, for itself; at its start, not from a callback.
/// Errors:  `refused` where this user may not (the detail names the cure); the thread goes on as it was.
Result<void> becomeUrgent(Urgency urgency);

} // namespace tutti::rt
