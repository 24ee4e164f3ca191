#pragma once

#include <optional>
#include <string>

namespace tutti::app {

/// Standard input, key by key: a terminal gives each at once and unseen while we are in its foreground, a
/// pipe or file gives what comes. Its end is the end of keys, not of us.
///
/// The terminal is as before once this object is gone, when `release` was called, and also when the program
/// crashes.
///
/// Threads: one at a time. One in a program.
class Keyboard {
public:
  Keyboard();
  ~Keyboard();
  Keyboard(const Keyboard&) = delete;
  Keyboard& operator=(const Keyboard&) = delete;

  /// The descriptor to wait on, or none while there is nothing to read from: in the background, or at the
  /// end. Takes over the terminal if we have come to its foreground.
  std::optional<int> attend();

  /// Call when the descriptor is readable: never waits then.
  std::string read();

  /// Gives the terminal back, until the next `attend`.
  void release();

private:
  [[nodiscard]] bool isInForeground() const;
  void grab();

  bool isTerminal_;
  bool isGrabbed_ = false;
  bool isAtEnd_ = false;
};

} // namespace tutti::app
