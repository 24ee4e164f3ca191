#pragma once

namespace tutti::app {

/// Ends a `poll` from another thread. Raised many times before it is looked at, it counts as once.
///
/// Threads: `raise` any, the rest one at a time.
class Wakeup {
public:
  Wakeup();
  ~Wakeup();
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;

  void raise() const noexcept;

  /// Readable once raised.
  [[nodiscard]] int descriptor() const { return readEnd_; }
  void clear() const noexcept;

private:
  int readEnd_ = -1;
  int writeEnd_ = -1;
};

} // namespace tutti::app
