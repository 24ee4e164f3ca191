#pragma once

#include <string>

#include "JackLibrary.hpp"

namespace tutti::audio {

/// What came of knocking at a JACK server's door.
struct JackMeeting {
  jack_client_t* client = nullptr; ///< Ours to close; null: nobody opened.
  jack_status_t status{};
  std::string hanging; ///< A sentence about a server that is there and does not answer; empty: none.
};

/// Becomes a client of `server` (empty: the usual one) if it runs; it is never started.
///
/// JACK waits for ever for a server that hangs. We wait three seconds and leave a thread at the door, which
/// takes our leave should it ever open. Meanwhile nobody else knocks: JACK lets in one at a time.
///
/// Threads: any but audio.
JackMeeting meetJack(const JackLibrary& jack, const std::string& clientName, const std::string& server);

} // namespace tutti::audio
