#pragma once

#include <csignal>

namespace tutti::room {

/// While it lives, writing to a connection that the other side has closed is an error on this thread.
/// Otherwise it is the end of the program: the TLS library asks for no less.
///
/// Threads: that which made it.
class QuietPipe {
public:
  QuietPipe()
  {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    wasPending_ = isPending();
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~QuietPipe()
  {
    int signal = 0;
    if (!wasPending_ && isPending()) sigwait(&pipe_, &signal);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  QuietPipe(const QuietPipe&) = delete;
  QuietPipe& operator=(const QuietPipe&) = delete;

private:
  static bool isPending()
  {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGPIPE) == 1;
  }

  sigset_t pipe_{};
  sigset_t before_{};
  bool wasPending_ = false;
};

} // namespace tutti::room
