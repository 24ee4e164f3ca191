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
  void seen(const NodeId& id, std::chrono::seconds ttl, HostTime now);
  void forget(const NodeId& id);

  /// Who is gone by now.
  std::vector<NodeId> advance(HostTime now);

  /// When to call `advance`; sometimes earlier than someone is gone, never later.
  [[nodiscard]] std::optional<HostTime> nextDeadline() const { return due_; }

  [[nodiscard]] std::size_t count() const { return until_.size(); }

private:
  static constexpr std::chrono::seconds kSlack{1};

  [[nodiscard]] std::optional<HostTime> earliest() const;

  std::map<NodeId, HostTime> until_;
  std::optional<HostTime> due_; // looked up again only when it has come: asked after every datagram
};

} // namespace tutti::discovery
