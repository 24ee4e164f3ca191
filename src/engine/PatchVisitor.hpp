#pragma once

#include <string>

#include <tutti/core/Descriptor.hpp>
#include <tutti/engine/PatchDoor.hpp>
#include <tutti/net/Doorbell.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::engine {

/// Who came through the door: says one line, hears the answer, leaves.
///
/// Threads: one at a time.
class PatchVisitor {
public:
  PatchVisitor(Descriptor socket, HostTime now);

  /// What to wait for.
  [[nodiscard]] net::Watch watch() const;
  [[nodiscard]] HostTime deadline() const { return deadline_; }
  [[nodiscard]] bool isOver(HostTime now) const { return isOver_ || now >= deadline_; }

  /// The socket is ready: reads or writes what goes without waiting.
  void goOn(const PatchDoor::Answer& answer);

private:
  void read(const PatchDoor::Answer& answer);
  void write();

  Descriptor socket_;
  HostTime deadline_;
  std::string asked_;
  std::string answer_;
  std::size_t written_ = 0;
  bool isOver_ = false;
};

} // namespace tutti::engine
