#pragma once

#include <map>
#include <optional>
#include <vector>

#include <tutti/bridge/Message.hpp>
#include <tutti/bridge/Site.hpp>

namespace tutti::bridge {

/// The other bridges of the room: what each said last, and how its clock stands to ours.
///
/// A site that says goodbye is gone at once, one that is silent for six seconds then.
///
/// Threads: one at a time. Memory: one entry for each member of the roster.
/// Spec:    bridge B-12.
class Fellows {
public:
  struct Fellow {
    SiteState state;
    HostTime heardAt{};
    RoomMember member;

    /// Their session's clock minus our host time; nothing while their clock is not known.
    [[nodiscard]] std::optional<Micros> offset() const;
  };
  using Map = std::map<room::MemberId, Fellow>;

  /// Who is in the room now; whoever is not any more is gone.
  void setRoster(const std::vector<RoomMember>& members);
  /// False: of somebody who is not there, or older than what was said before.
  bool hear(const room::MemberId& from, const SiteState& state, HostTime now);
  bool hear(const room::MemberId& from, const Goodbye& goodbye);
  void advance(HostTime now);

  [[nodiscard]] const Map& all() const { return fellows_; }
  [[nodiscard]] const Fellow* find(const room::MemberId& id) const;

private:
  struct Known {
    RoomMember member;
    std::optional<room::RemoteTime> saidAt; ///< the newest message
  };
  bool isNews(const room::MemberId& from, room::RemoteTime saidAt);

  std::map<room::MemberId, Known> roster_;
  Map fellows_;
};

/// Whose clock all others follow: of those whose site has the founder the lowest, else the lowest of all. The
/// fellows are those in the same session.
/// Spec: bridge B-3.
room::MemberId referenceOf(const NodeId& session, const room::MemberId& self, bool isFounderHere,
                           const Fellows::Map& fellows);

} // namespace tutti::bridge
