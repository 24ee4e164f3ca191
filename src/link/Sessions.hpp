#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>

#include <tutti/core/NodeId.hpp>
#include <tutti/link/Bridging.hpp>
#include <tutti/link/Estimate.hpp>
#include <tutti/link/SessionState.hpp>
#include <tutti/link/StartStop.hpp>

#include "Slew.hpp"

namespace tutti::link {

/// The session we are in, the others we know of, and what our own program plays by.
///
/// Decides by Link's rules: within a session the later beat origin wins; between sessions the one that runs
/// longer, and of two equally old ones the lower id.
///
/// Threads: one at a time.
/// Spec:    link 4.2 to 4.7, 6.2.
class Sessions {
public:
  Sessions(time::Tempo tempo, const NodeId& self, HostTime now);

  [[nodiscard]] const NodeId& current() const { return current_; }
  [[nodiscard]] const time::SessionTimeline& timeline() const { return timeline_; }
  [[nodiscard]] const SessionStartStop& startStop() const { return startStop_; }
  [[nodiscard]] const time::SessionTransform& transform() const { return slew_.transform(); }
  [[nodiscard]] const ClientState& client() const { return client_; }
  [[nodiscard]] bool followsStartStop() const { return followsStartStop_; }
  void setFollowsStartStop(bool follows) { followsStartStop_ = follows; }

  /// Whether an honest peer could have said it. What is not believed must not be shown to `saw...`: it could
  /// never be changed again.
  [[nodiscard]] bool believes(const NodeId& session, const time::SessionTimeline& timeline,
                              HostTime now) const;
  [[nodiscard]] bool believes(const NodeId& session, const SessionStartStop& startStop, HostTime now) const;

  /// From now on nothing is believed that could not be overruled by a change made at that moment.
  /// Spec: bridge B-13.
  void setGuarded(bool isGuarded) { isGuarded_ = isGuarded; }

  /// A timeline was seen. True: of another session whose clock is not known yet, so measure it.
  bool sawTimeline(const NodeId& session, const time::SessionTimeline& timeline, HostTime now);
  /// True: it is news, so tell the others.
  bool sawStartStop(const NodeId& session, const SessionStartStop& startStop);

  /// Another session's clock is known. True: it is older, and ours now.
  bool compare(const NodeId& session, const Estimate& estimate, HostTime now);
  /// Our own session's clock is known better.
  void refine(const Estimate& estimate, HostTime now);
  /// A bridge knows all about this session, ours or another. False: nobody could read it.
  bool adopt(const SharedSession& session, HostTime now);
  /// A bridge knows how our session's clock stands.
  void steer(Micros offset, HostTime now);
  void forget(const NodeId& session) { others_.erase(session); }
  [[nodiscard]] bool knows(const NodeId& session) const { return others_.contains(session); }
  /// No room for one more; then nothing is learnt of new ones.
  [[nodiscard]] std::size_t otherCount() const { return others_.size(); }
  [[nodiscard]] bool isFull() const { return others_.size() >= kMostOthers; }
  /// Forgets the others that are not among these.
  void forgetDeserted(const std::set<NodeId>& inhabited);

  /// Whether what was captured in `session` still has its beats where they were: since then we may have begun
  /// anew, but have not gone over to another session.
  [[nodiscard]] bool isContinued(const NodeId& session) const;
  /// Our own program changed something, at `at`.
  void commitTimeline(const time::HostTimeline& timeline, HostTime at, HostTime now);
  /// True: it goes to the session as well.
  bool commitStartStop(const StartStop& startStop);

  /// Alone again: a new session that begins now, in which the beats go on.
  void reset(const NodeId& self, HostTime now);

  void advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const { return slew_.nextDeadline(); }

private:
  static constexpr std::size_t kMostFormer = 8;    // nobody keeps a capture for longer
  static constexpr std::size_t kMostOthers = 1024; // as many as there can be peers

  struct Other {
    time::SessionTimeline timeline;
    std::optional<time::SessionTransform> transform;
  };

  void switchTo(const NodeId& session, const time::SessionTransform& transform, HostTime now);
  void become(const NodeId& session, const time::SessionTimeline& timeline,
              const time::SessionTransform& transform);
  void setTimeline(const time::SessionTimeline& timeline, HostTime now);
  void remapClient(HostTime now);

  NodeId current_;
  std::deque<NodeId> former_; // of our own since we last went over, newest last
  time::SessionTimeline timeline_;
  SessionStartStop startStop_;
  Slew slew_;
  std::map<NodeId, Other> others_;
  ClientState client_;
  bool followsStartStop_ = false;
  bool isGuarded_ = false;
};

} // namespace tutti::link
