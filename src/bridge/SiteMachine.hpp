#pragma once

#include <map>
#include <set>
#include <string>

#include <tutti/bridge/Site.hpp>

#include "Agreement.hpp"
#include "Fellows.hpp"
#include "Herald.hpp"
#include "Leadership.hpp"
#include "Neighbourhood.hpp"
#include "Verdict.hpp"

namespace tutti::bridge {

/// The site behind its door. Whatever it hears, it looks at everything there is and says what differs from
/// what should be: so nothing depends on the order of things, and nothing that was lost is lost for long.
class Site::Machine {
public:
  Machine(const room::RoomId& room, const room::MemberId& self);

  Actions seeLan(const link::LanView& view, HostTime now);
  Actions seeRoom(const std::vector<RoomMember>& members, const Rights& ours, HostTime now);
  Actions hear(const room::MemberId& from, const Message& message, HostTime now);
  Actions advance(HostTime now);
  [[nodiscard]] HostTime nextDeadline() const;
  Actions leave(HostTime now);
  [[nodiscard]] View view(HostTime now) const;

private:
  Actions settle(HostTime now);
  void lead(HostTime now);
  void followLan();
  void decide(HostTime now);
  void join(const Fellows::Fellow& of, HostTime now);
  void agree(HostTime now);
  void follow(HostTime now);
  void speak(HostTime now);
  void tell(HostTime now);
  void welcome();

  void order(const link::BridgeOrder& order) { outbox_.emplace_back(ToLan{order}); }
  void note(const Notice& notice, HostTime now);

  [[nodiscard]] const NodeId& session() const { return lan_.session.id; }
  /// What our LAN's session is to the room: the same, but for the shift.
  [[nodiscard]] link::SharedSession here() const;
  [[nodiscard]] SessionTime roomTime(HostTime now) const;
  [[nodiscard]] Micros shiftFor(const NodeId& session, Micros offset) const;
  [[nodiscard]] const Fellows::Fellow* guideTo(const NodeId& session) const;
  [[nodiscard]] std::vector<NodeId> elsewhere(const NodeId& session) const;
  [[nodiscard]] room::MemberId reference() const;
  [[nodiscard]] SiteState state(HostTime now) const;
  [[nodiscard]] std::optional<Micros> phaseErrorOf(const Fellows::Fellow& fellow) const;
  [[nodiscard]] const Fellows::Fellow* leaderHere() const;

  room::MemberId self_;
  link::Marker marker_;
  bool isBegun_ = false;
  bool isReady_ = false; // the Link peer is ours, and we have seen it so
  link::LanView lan_;
  NodeId agreedIn_; // the session that `agreement_` is about
  Micros shift_{0};
  Rights rights_;

  Neighbourhood neighbourhood_;
  Fellows fellows_;
  Leadership leadership_;
  Verdict verdict_;
  Decision decision_;
  Agreement agreement_;
  Herald herald_;

  HostTime settledAt_{};
  HostTime steeredAt_{};
  std::optional<link::ClockSource> clock_;
  std::set<NodeId> announced_;
  std::set<NodeId> counted_;
  ByteString said_; // what the room was told last, but for when and how late
  std::set<room::MemberId> inSession_;
  bool didLead_ = true;
  std::uint64_t poisonsSeen_ = 0;
  std::map<Notice::What, HostTime> noted_;
  Actions outbox_;
};

} // namespace tutti::bridge
