#pragma once

#include <array>
#include <csignal>
#include <cstddef>
#include <optional>

namespace tutti::app {

/// What the system or the shell wants of us.
enum class Interruption {
  leave,   ///< SIGINT, SIGTERM, SIGHUP, SIGQUIT
  suspend, ///< SIGTSTP: Ctrl-Z
};

/// Signals as something that `poll` waits for, while this object lives. One at a time in a program.
///
/// A broken pipe is an error of the write, not a signal, meanwhile.
class Interruptions {
public:
  Interruptions();
  ~Interruptions();
  Interruptions(const Interruptions&) = delete;
  Interruptions& operator=(const Interruptions&) = delete;

  /// Readable when `next` has something.
  [[nodiscard]] int descriptor() const;
  std::optional<Interruption> next();

private:
  static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE};
  std::array<struct sigaction, kSignals.size()> before_{};
};

} // namespace tutti::app
