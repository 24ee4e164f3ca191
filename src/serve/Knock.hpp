#pragma once

#include <tutti/room/Knock.hpp>

namespace tutti::serve {

/// One TCP connection, closed at once, and a STUN question with the asker's number, said three times at most;
/// then we know. Takes two seconds where nobody opens.
///
/// Threads: any; waits.
room::wire::KnockReply knockAt(const IpAddress& address, const room::wire::KnockRequest& request);

} // namespace tutti::serve
