#pragma once

#include <map>
#include <optional>

#include "Targets.hpp"

namespace tutti::linkaudio {

/// By which of its ways each peer is asked, and gets what it asks for: the best one that is alive.
///
/// A way is left for one whose quality is greater. One that was silent for a second is left for any that is
/// not, and after six seconds there is none.
///
/// Threads: one at a time.
/// Spec:    link-audio 4.3, 4.4.
class Paths {
public:
  struct Path {
    IpAddress gateway;
    Endpoint endpoint;
    double quality = 0;
    HostTime lastHeard{};
  };

  /// The peer has announced itself this way.
  void heard(const Way& way, const Targets::Target& target, HostTime now);
  /// No other ways are there any more.
  void keep(const Targets& targets);
  void advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  [[nodiscard]] const Path* find(const NodeId& peer) const;

private:
  std::map<NodeId, Path> paths_;
};

} // namespace tutti::linkaudio
