#pragma once

#include <optional>
#include <vector>

#include <tutti/module/GuestDesk.hpp>
#include <tutti/net/Doorbell.hpp>

namespace tutti::module {

/// Where guests come in, all in one way: with their sockets, and what goes to them.
///
/// Threads: one at a time.
class Door {
public:
  virtual ~Door() = default;
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  /// What there is to wait for.
  virtual void addTo(std::vector<net::Watch>& all) const = 0;
  /// Hears all that came, a bounded piece of it.
  virtual void tend(GuestDesk& desk, HostTime now, GuestOutbox& out) = 0;
  /// False: that guest came by another door.
  virtual bool say(GuestOutbox::Saying& saying) = 0;
  virtual void hangUp(GuestId id) = 0;

protected:
  Door() = default;
};

/// Draws ids for all doors.
class GuestCount {
public:
  GuestId next() { return {++last_}; }

private:
  std::uint32_t last_ = 0;
};

} // namespace tutti::module
