#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <tutti/room/DirectoryWire.hpp>
#include <tutti/serve/Fact.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::serve {

/// The forwarders of all directories that share their rooms, for as long as each says that it is there. Empty
/// where there is only one directory.
///
/// Threads: one at a time.
class ForwarderBook {
public:
  /// That of this directory. It stays.
  void setOwn(room::wire::RoomForwarder own) { own_ = std::move(own); }
  [[nodiscard]] bool isOwnDue(HostTime now) const;
  /// Says that ours is there, for a lease.
  ForwarderFact renewOwn(const Stamp& said, HostTime now);
  [[nodiscard]] std::optional<ForwarderFact> own() const;

  /// True: it is a new one, or in another place, of which members must hear.
  bool hear(const ForwarderFact& fact, HostTime now);
  /// Others whose lease is over. True: there were some.
  bool expire(HostTime now);
  /// Everybody has a whole lease again to say so.
  void extend(HostTime now);

  [[nodiscard]] std::size_t size() const { return living_.size(); }
  [[nodiscard]] bool contains(std::uint64_t id) const { return living_.contains(id); }
  [[nodiscard]] std::vector<std::uint64_t> ids() const; ///< the smallest first
  /// Where members of a room that `carrier` carries find it, and some others to measure.
  [[nodiscard]] std::vector<room::wire::RoomForwarder> around(std::uint64_t carrier) const;

private:
  struct Living {
    Stamp said;
    room::wire::RoomForwarder place;
    HostTime leaseUntil{};
    [[nodiscard]] ForwarderFact fact() const { return {said, place.id, place.addresses, place.port}; }
  };

  room::wire::RoomForwarder own_;
  std::map<std::uint64_t, Living> living_;
};

} // namespace tutti::serve
