#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <vector>

#include <tutti/core/NodeId.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::link {

/// The distant peers for whom a node speaks, and when.
///
/// All of them at one moment: every announcement is answered, and who answers holds back his own announcement
/// for a while. Spread over time they would silence everybody around; in one burst a second nobody notices.
///
/// Threads: one at a time.
/// Spec:    bridge B-1.
class Proxies {
public:
  /// Who is not spoken for any more. Newcomers are announced at the next `advance`.
  std::vector<NodeId> set(const std::vector<NodeId>& ids, HostTime now);

  /// What they say has changed.
  void changed(HostTime now);

  /// Do what is due. True: announce all of them now.
  [[nodiscard]] bool advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  [[nodiscard]] bool contains(const NodeId& id) const { return ids_.contains(id); }
  [[nodiscard]] const std::set<NodeId>& ids() const { return ids_; }

private:
  static constexpr std::chrono::seconds kPeriod{1};
  // A tempo that is being turned changes all the time; between two bursts the others have to have their say.
  static constexpr std::chrono::milliseconds kLeastPause{250};
  static constexpr HostTime kFarPast{std::chrono::hours{-1'000'000}};

  std::set<NodeId> ids_;
  HostTime due_{};
  HostTime last_ = kFarPast;
};

} // namespace tutti::link
