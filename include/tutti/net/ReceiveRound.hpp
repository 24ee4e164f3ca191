#pragma once

#include <cstddef>

namespace tutti::net {

/// Batches that a thread takes before it looks at its timers again: a thousand datagrams are some
/// milliseconds of work. A flood that never ends must not be all that it does.
constexpr std::size_t kBatchesOfRound = 16;

/// Gives what lies ready on a socket to `work`, batch by batch. What is left waits in the socket.
template <class Socket, class Work> void receiveRound(Socket& socket, Work work)
{
  for (std::size_t i = 0; i < kBatchesOfRound; ++i) {
    const auto batch = socket.receive();
    if (batch.empty()) return;
    work(batch);
  }
}

} // namespace tutti::net
