#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::audio {

/// Between a callback that cannot be made to end and an object that does: the callback reaches the object
/// through the gate, and the gate outlives both.
///
/// Threads: `run` *audio*; `close` any other.
template <class Object> class CallbackGate {
public:
  explicit CallbackGate(Object& object)
    : object_{&object}
  {}

  /// Calls `work` with the object, unless the gate is closed.
  template <class Work> void run(Work&& work) noexcept TUTTI_NONBLOCKING
  {
    isInside_ = true;
    if (Object* const object = object_) work(*object);
    isInside_ = false;
  }

  /// When this returns nobody is inside, and nobody comes in any more.
  void close()
  {
    object_ = nullptr;
    while (isInside_) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }

private:
  std::atomic<Object*> object_;
  std::atomic<bool> isInside_ = false;
};

} // namespace tutti::audio
