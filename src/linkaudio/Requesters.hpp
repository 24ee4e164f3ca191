#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>

#include <tutti/core/NodeId.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::linkaudio {

/// Who wants one of our channels, and until when.
///
/// Threads: one at a time. Memory: 32 peers.
/// Spec:    link-audio 5.2.
class Requesters {
public:
  static constexpr std::size_t kMost = 32;

  /// False: there is no room.
  bool requested(const NodeId& peer, std::chrono::seconds ttl, HostTime now);
  void stopped(const NodeId& peer) { until_.erase(peer); }
  void keep(const std::function<bool(const NodeId&)>& isThere);
  void advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  [[nodiscard]] bool empty() const { return until_.empty(); }
  [[nodiscard]] const std::map<NodeId, HostTime>& peers() const { return until_; }

private:
  std::map<NodeId, HostTime> until_;
};

} // namespace tutti::linkaudio
