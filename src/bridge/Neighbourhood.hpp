#pragma once

#include <map>
#include <optional>
#include <vector>

#include <tutti/link/Bridging.hpp>

namespace tutti::bridge {

/// Which Link programs are really on our LAN, and which were there a moment ago. Whom a bridge speaks for is
/// not.
///
/// Threads: one at a time. Memory: as bounded as the views it is shown.
/// Spec:    bridge B-6, B-7.
class Neighbourhood {
public:
  void see(const link::LanView& view, HostTime now);

  /// In this session: the founder first, then by id.
  [[nodiscard]] std::vector<NodeId> peersIn(const NodeId& session) const;
  [[nodiscard]] bool has(const NodeId& id) const { return here_.contains(id); }
  [[nodiscard]] bool isFounderIn(const NodeId& session) const;
  /// Heard itself within the last six seconds: nobody needs to speak for it.
  [[nodiscard]] bool wasHeard(const NodeId& id, HostTime now) const;
  [[nodiscard]] std::optional<HostTime> lastHeard(const NodeId& id) const;

private:
  std::map<NodeId, NodeId> here_; // and its session
  std::map<NodeId, HostTime> heard_;
};

} // namespace tutti::bridge
