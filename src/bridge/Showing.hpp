#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <tutti/bridge/Notice.hpp>
#include <tutti/bridge/Snapshot.hpp>
#include <tutti/room/Ensemble.hpp>

namespace tutti::bridge {

/// Puts together what a musician sees of the bridge, and remembers what has to be seen later.
///
/// Threads: one at a time. Memory: two minutes of phases, the last fifty sentences.
class Showing {
public:
  using Members = std::vector<room::Ensemble::MemberView>;

  /// Something happened; `members` know the names.
  void note(const Notice& notice, const Members& members, HostTime now);

  Snapshot show(const Site::View& view, const Members& members, const Rights& ours, HostTime now);

private:
  void remember(const Snapshot& shown);

  std::deque<PhasePoint> phases_;
  std::deque<Told> told_;
  std::uint64_t tellings_ = 0;
};

} // namespace tutti::bridge
