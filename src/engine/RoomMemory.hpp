#pragma once

#include <tutti/engine/Settings.hpp>
#include <tutti/room/Invitation.hpp>

namespace tutti::engine {

/// Which rooms we have been in, and which hosts of this LAN we have met there.
///
/// A room of the LAN says itself whom to trust, so the first meeting is taken on trust; from then on another
/// host behind the same room's name is told before anything is joined.
///
/// Threads: one at a time.
/// Spec:    room R-11.
class RoomMemory {
public:
  explicit RoomMemory(Settings::Rooms rooms)
    : rooms_{std::move(rooms)}
  {}

  void joined(const room::Invitation& invitation);
  void forget(const room::Invitation& invitation);

  /// A room of this name was met before, and never with this host.
  [[nodiscard]] bool isOtherHost(const room::Invitation& ofLan) const;
  void meet(const room::Invitation& ofLan);

  [[nodiscard]] const Settings::Rooms& rooms() const { return rooms_; }

private:
  Settings::Rooms rooms_;
};

/// By the same name at the same host, wherever that is now.
bool isSameRoom(const room::Invitation& one, const room::Invitation& other);

} // namespace tutti::engine
