#pragma once

#include <map>
#include <set>

#include <tutti/bridge/Message.hpp>

namespace tutti::bridge {

/// Decides in which of several sessions a room goes on: in the one that runs longer, and of two that are as
/// old in the one with the lower id.
///
/// Each pair is compared once: their clocks are never known so well that the same question, asked again,
/// could not be answered otherwise.
///
/// Threads: one at a time.
/// Spec:    bridge B-11; link 4.3.
class Verdict {
public:
  /// What the clock of each session shows at this moment.
  using Held = std::map<NodeId, SessionTime>;

  const Decision& consider(const Held& held);

private:
  static bool wins(const Held::value_type& one, const Held::value_type& other);

  Decision decision_;
  std::set<NodeId> losers_;
};

} // namespace tutti::bridge
