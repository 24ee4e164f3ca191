#pragma once

#include <string>
#include <vector>

namespace tutti::audio {

/// What the JACK servers of this user are called that seem to run. Some may be what a crash left behind: only
/// asking a server tells.
std::vector<std::string> jackServerNames();

/// What JACK calls the server that is meant when none is named.
std::string usualJackServer();

/// The server's name in that of the socket it listens on; empty if this is no such socket.
std::string jackServerOfSocket(const std::string& file, unsigned user);

} // namespace tutti::audio
