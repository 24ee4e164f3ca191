#pragma once

#include <optional>
#include <span>

#include <tutti/core/Descriptor.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::net {

/// What is waited for beside a bell, and whether it has come.
struct Watch {
  int descriptor = -1; ///< Negative: none.
  bool toRead = true;  ///< Something has come there, or it is closed.
  bool toWrite = false;
  bool isReady = false; ///< Set by the wait.
};

/// Wakes a thread that waits for sockets. Rung many times before anybody looks, it counts as once.
///
/// Threads: `ring` any but *audio*; the rest one at a time.
class Doorbell {
public:
  Doorbell();
  Doorbell(const Doorbell&) = delete; // others ring it where it is
  Doorbell& operator=(const Doorbell&) = delete;

  void ring() const noexcept;

  /// Waits until somebody rings, something that is watched is ready, or the time has come.
  void waitUntil(std::optional<HostTime> deadline, std::span<Watch> watches) const;
  /// The same; the sockets, if any are given, have something to read.
  void waitUntil(std::optional<HostTime> deadline, int socket = -1, int other = -1) const;

  /// To be read from once it was rung, until the next wait: for those who wait for it elsewhere.
  [[nodiscard]] int descriptor() const { return bell_.number(); }

private:
  Descriptor bell_;
};

} // namespace tutti::net
