#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <tutti/core/Result.hpp>
#include <tutti/room/Invitation.hpp>
#include <tutti/room/MemberKeys.hpp>
#include <tutti/serve/Forwarder.hpp>
#include <tutti/serve/Reach.hpp>
#include <tutti/serve/SessionLogin.hpp>
#include <tutti/serve/StoreUrl.hpp>
#include <tutti/serve/TurnOptions.hpp>

namespace tutti::serve {

/// A room as somebody wants to have it.
struct RoomWish {
  std::string name;
  std::optional<std::string> password;  ///< at least twelve letters
  bool isOpen = false;                  ///< everybody may come in, and the host's server could listen
  std::optional<room::SignPublic> host; ///< whose orders count; nobody's without
  std::optional<room::Secret> secret;   ///< that of an invitation from before
};

struct HostStatistics {
  std::size_t rooms = 0;
  std::size_t members = 0;
  ForwarderCounters forwarder;
  std::optional<Micros> delayP99; ///< from a packet's arrival to its leaving, over the last second
  std::size_t receiveBufferBytes = 0;
  Micros processorTime{0}; ///< of this process, since its start
};

/// Everything that a room needs, in one process: the directory over HTTPS and the forwarder over UDP. The
/// same for `tutti serve` and for *Host a room* in the window.
///
/// Its key is made at the first start and stays in `stateFolder`, readable by its owner only; the invitation
/// pins it. Rooms are in memory: after a restart, members open theirs again by themselves. Rooms are
/// announced in the LAN twice a second.
///
/// With a store, any number of hosts are one: they have the same key, and members may ask any of them. A room
/// of a host's own is the same one at all of them that know its secret, so each may open it.
///
/// Threads: *any*; starts its own, and ends them in its destructor.
/// Errors:  `refused` with a sentence where a port is taken; `unavailable` where the key cannot be kept.
/// Spec:    room.
class Host {
public:
  struct Options {
    std::optional<IpAddress> listen; ///< all addresses without
    std::uint16_t httpPort = 0;      ///< 0: any that is free
    std::uint16_t udpPort = 0;
    std::filesystem::path stateFolder;
    bool isAnnounced = true;
    bool letsInAtOnce = true;             ///< else `letIn` does: rooms may be opened before
    std::optional<TurnOptions> turn;      ///< what members get who ask for it
    std::optional<SessionLogin> sessions; ///< the older session API is there, for who knows this
    std::optional<StoreOptions> store;    ///< shared with other hosts, whose rooms are ours, too
    /// By which members reach our forwarder, where it is one of several; else as in invitations.
    std::optional<IpAddress> forwarderAddress;
    std::optional<AtHome> home; ///< the router is asked to let others in
  };

  static Result<std::unique_ptr<Host>> open(const Options& options);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  [[nodiscard]] std::uint16_t httpPort() const;
  [[nodiscard]] std::uint16_t udpPort() const;
  /// By which others in the LAN reach us.
  [[nodiscard]] std::string address() const;
  [[nodiscard]] const room::Fingerprint& fingerprint() const;

  /// From now on who asks is answered; before, they wait. Once, and only where that is not so at once.
  void letIn();

  /// Opens a room and says how others get in. With a password this takes a third of a second. A room that a
  /// guest has opened under its id goes.
  Result<room::Invitation> openRoom(const RoomWish& wish);

  HostStatistics statistics();

  /// Whether others get in from outside; nothing where the router is not asked.
  [[nodiscard]] std::optional<Reach> reach() const;

private:
  class Machinery;
  explicit Host(std::unique_ptr<Machinery> machinery);

  std::unique_ptr<Machinery> machinery_;
};

} // namespace tutti::serve
