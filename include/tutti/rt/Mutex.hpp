#pragma once

#include <memory>

namespace tutti::rt {

/// A lock between an urgent thread and others: who holds it is as urgent as who waits for it, until it is let
/// go. With `std::mutex` a thread of control that is displaced while it holds the lock holds up the music.
///
/// For `std::lock_guard`. Never for the audio thread, which does not wait at all.
///
/// Threads: any.
/// Errors:  the constructor throws `std::system_error` where the system has no such lock.
class Mutex {
public:
  Mutex();
  ~Mutex();
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void lock();
  void unlock();

private:
  struct Native;
  std::unique_ptr<Native> native_;
};

} // namespace tutti::rt
