#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <tutti/room/Announcement.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::room {

/// A room that somebody in the LAN hosts, and by which one gets in (its key apart).
struct LanRoom {
  std::string host; ///< address of the host
  Announcement room;

  /// Enough for open rooms and those with a password.
  [[nodiscard]] Invitation invitation() const;
  friend bool operator==(const LanRoom&, const LanRoom&) = default;
};

/// Which rooms were heard of lately: each once, gone after two and a half seconds of silence; 64 at most, 16
/// of one address. Whoever says first that a room is at theirs is believed until they are silent: a room that
/// has moved is back then. Which of several is the host, only joining tells.
///
/// Threads: one at a time.
class LanRoomTable {
public:
  /// Whether the list has changed.
  bool hear(const Announcement& room, const IpAddress& from, HostTime now);
  bool advance(HostTime now);

  /// By name.
  [[nodiscard]] std::vector<LanRoom> rooms() const;

private:
  struct Entry {
    LanRoom room;
    HostTime heardAt{};
  };
  std::vector<Entry> entries_;
};

/// Listens for rooms in the LAN, on every network of this machine. A room is listed within a second.
///
/// Threads: *any*; `changed` is called on a thread of its own.
class LanRooms {
public:
  explicit LanRooms(std::function<void()> changed);
  ~LanRooms();
  LanRooms(const LanRooms&) = delete;
  LanRooms& operator=(const LanRooms&) = delete;

  [[nodiscard]] std::vector<LanRoom> rooms() const;

private:
  class Ears;
  std::unique_ptr<Ears> ears_;
};

} // namespace tutti::room
