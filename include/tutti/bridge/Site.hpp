#pragma once

#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include <tutti/bridge/Message.hpp>
#include <tutti/bridge/Notice.hpp>
#include <tutti/link/Bridging.hpp>
#include <tutti/room/ClockSync.hpp>
#include <tutti/room/MemberId.hpp>

namespace tutti::bridge {

/// What the programs of a site may change for everybody. Spec: bridge B-15.
struct Rights {
  bool mayChangeTempo = true;
  bool mayStartAndStop = true;
  friend bool operator==(const Rights&, const Rights&) = default;
};

/// Another member of the room, as far as a bridge has to know.
struct RoomMember {
  room::MemberId id;
  bool isReachable = true;
  std::optional<room::ClockSync::Relation> clock{}; ///< as of now
  Rights rights{};
};

/// The marker of what a member's bridge announces. Spec: bridge B-6.
link::Marker markerOf(const room::RoomId& room, const room::MemberId& member);

/// One site of a room in which all Link programs of all sites are one session.
///
/// Tell it what is on the LAN, who is in the room and what their bridges say; it answers with orders for our
/// own Link peer, messages for the room, and notices for the musician. It knows no packets: the Link peer
/// announces and measures, the room carries.
///
/// Threads: one at a time, and the same as the Link peer's: a view that it is shown must be younger than the
///          orders it gave.
/// Spec:    bridge B-1 to B-15.
class Site {
public:
  struct ToLan {
    link::BridgeOrder order;
  };
  /// To every member, best effort.
  struct ToRoom {
    Message message;
  };
  using Action = std::variant<ToLan, ToRoom, Notice>;
  using Actions = std::vector<Action>;

  Site(const room::RoomId& room, const room::MemberId& self);
  ~Site();
  Site(Site&&) noexcept;
  Site& operator=(Site&&) noexcept;

  Actions seeLan(const link::LanView& view, HostTime now);
  /// Everybody but us, a few times a second: their clocks are taken as of now.
  Actions seeRoom(const std::vector<RoomMember>& members, const Rights& ours, HostTime now);
  Actions hear(const room::MemberId& from, const Message& message, HostTime now);
  Actions advance(HostTime now);
  [[nodiscard]] HostTime nextDeadline() const;

  /// The bridge is switched off. Perform what comes, then forget the machine.
  Actions leave(HostTime now);

  struct Fellow {
    room::MemberId member;
    std::size_t linkPeers = 0; ///< its bridge counted
    bool isInSession = false;
    bool isReference = false; ///< its clock is everybody's
    bool isOnOurLan = false;
    std::optional<Micros> phaseError; ///< in our session: its clock there minus ours, once we can compare
  };
  struct View {
    NodeId session;
    time::Tempo tempo;
    bool isPlaying = false;
    std::size_t peersHere = 0;  ///< Link programs on this LAN in the session, this one not counted
    std::size_t peersTotal = 0; ///< everywhere, this one not counted
    bool isReference = false;   ///< our clock is everybody's
    bool leads = false;         ///< we speak here for those elsewhere
    Micros shift{0};
    std::vector<Fellow> sites; ///< by member id
  };
  [[nodiscard]] View view(HostTime now) const;

private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

} // namespace tutti::bridge
