#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include <tutti/core/Datagram.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/link/Estimate.hpp>
#include <tutti/time/HostClock.hpp>

#include "Estimator.hpp"
#include "MeasurementMessage.hpp"

namespace tutti::link {

/// One measurement of a session's clock by pinging one of its members.
///
/// First as fast as the peer answers, until there is enough to decide by (`Settled`); then, if the plan says
/// so, at an even pace for a better estimate (`Refined`). A missing pong is asked for again after 50 ms; six
/// in a row, or ten seconds before it settled, are a failure.
///
/// Threads: one at a time.
/// Spec:    link 3.3; issue of lost pongs: the count of missing ones restarts at each good one.
class Measurement {
public:
  struct Plan {
    std::size_t settleAfter = 51; ///< Round trips: as many as the reference takes.
    std::size_t refineTo = 51;    ///< Round trips in all; not more than `settleAfter`: no refinement.
  };
  static constexpr Plan kJoin{51, 160};
  static constexpr Plan kProbe{24, 24};

  struct Settled {
    Estimate estimate;
  };
  struct Refined {
    Estimate estimate;
  };
  struct Failed {};
  struct Ping {
    Datagram datagram;
  };
  using Action = std::variant<Ping, Settled, Refined, Failed>;

  Measurement(const NodeId& session, Plan plan, HostTime now)
    : session_{session}
    , plan_{plan}
    , startedAt_{now}
  {}

  std::vector<Action> start(HostTime now);
  /// A pong's payload from the very endpoint that is measured.
  std::vector<Action> receive(const Pong& pong, HostTime now);
  std::vector<Action> advance(HostTime now);

  /// Nothing once it is over.
  [[nodiscard]] std::optional<HostTime> nextDeadline() const { return due_; }
  [[nodiscard]] bool isOver() const { return !due_; }
  [[nodiscard]] const NodeId& session() const { return session_; }

private:
  std::vector<Action> finish(Action last);
  std::vector<Action> ping(HostTime now, std::optional<SessionTime> previous, std::chrono::milliseconds next);
  std::vector<Action> afterRoundTrip(SessionTime answeredAt, HostTime now);
  std::vector<Action> askAgain(SessionTime answeredAt, HostTime now);
  [[nodiscard]] bool isStray(const Pong& pong, HostTime now) const;

  NodeId session_;
  Plan plan_;
  HostTime startedAt_;
  std::optional<HostTime> settledAt_;
  std::optional<HostTime> due_;
  int missing_ = 0;
  Estimator estimator_;
};

} // namespace tutti::link
