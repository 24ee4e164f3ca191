#pragma once

#include <optional>

#include <tutti/time/HostClock.hpp>

namespace tutti::net {

/// Wakes a thread that waits for sockets. Rung many times before anybody looks, it counts as once.
///
/// Threads: `ring` any but *audio*; the rest one at a time.
class Doorbell {
public:
  Doorbell();
  ~Doorbell();
  Doorbell(const Doorbell&) = delete;
  Doorbell& operator=(const Doorbell&) = delete;

  void ring() const noexcept;

  /// Waits until somebody rings, one of the sockets (if any are given) has something to read, or the time has
  /// come.
  void waitUntil(std::optional<HostTime> deadline, int socket = -1, int other = -1) const;

private:
  int descriptor_ = -1;
};

} // namespace tutti::net
