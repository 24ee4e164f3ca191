#pragma once

#include <memory>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::rt {

/// Wakes another thread from the audio thread: the only kernel call that the callback makes. Nothing is lost:
/// a signal raised while nobody waits ends the next wait at once.
///
/// Threads: `raise` *any*, also *audio*; `wait` one at a time.
/// Errors:  the constructor throws `std::system_error` where the system has no semaphores left.
class Signal {
public:
  Signal();
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  void raise() noexcept TUTTI_NONBLOCKING;

  /// Sleeps until raised; all signals raised until now count as one.
  void wait() noexcept;

private:
  struct Semaphore;
  std::unique_ptr<Semaphore> semaphore_;
};

} // namespace tutti::rt
