#pragma once

#include <map>
#include <memory>
#include <vector>

#include <tutti/patch/Patch.hpp>

#include "Compiler.hpp"

namespace tutti::patch {

/// Finds the way from the patch that sounds to the one that is wanted, without a click: a list of plans, each
/// of which sounds until nothing is heard of what leaves in it.
///
/// Usually that is the new patch together with what leaves of the old one, then the new patch alone. Where
/// the new one turns the flow around, so that both together would be a cycle, the old one first fades out.
/// A connection whose timing changes is one that leaves and another one that comes.
///
/// Threads: one at a time, not audio.
class Changeover {
public:
  using Way = std::vector<std::unique_ptr<Plan>>;

  /// Empty when nothing but gains has changed.
  Way to(const Patch& wanted);

  /// Gains of connections that are there already take no new plan.
  void setGains(const Patch& wanted);

  [[nodiscard]] std::map<ConnectionId, audio::Decibels> takePeaks() const;

private:
  [[nodiscard]] Layout layoutOf(const Patch& wanted, std::vector<ConnectionId>& connections) const;
  [[nodiscard]] std::shared_ptr<Wire> wireFor(ConnectionId connection, audio::Decibels gain,
                                              const Layout& layout, const Cable& cable) const;
  [[nodiscard]] std::vector<Cable> leaving(const Layout& next) const;

  Layout now_;
  std::vector<ConnectionId> connections_; // whose the cables are
  bool hasBegun_ = false;
};

} // namespace tutti::patch
