#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include <tutti/core/NodeId.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::discovery {

/// Notices who has fallen silent on one gateway: each sighting is good for the time-to-live that came with
/// it, and a second more.
///
/// Threads: one at a time.
/// Spec:    link 2.7.
class Expiry {
public:
  void seen(const NodeId& id, std::chrono::seconds ttl, HostTime now) { until_[id] = now + ttl; }
  void forget(const NodeId& id) { until_.erase(id); }

  /// Who is gone by now.
  std::vector<NodeId> advance(HostTime now);

  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

private:
  static constexpr std::chrono::seconds kSlack{1};

  std::map<NodeId, HostTime> until_;
};

} // namespace tutti::discovery
