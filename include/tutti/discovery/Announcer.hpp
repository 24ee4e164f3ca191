#pragma once

#include <algorithm>
#include <chrono>

#include <tutti/time/HostClock.hpp>

namespace tutti::discovery {

/// Decides when to say "here I am" on one gateway: at once after a change, as a heartbeat otherwise, and
/// never so often that the network suffers.
///
/// A burst of changes sends the first at once and the latest 50 ms after it. A Response also counts as having
/// been heard from, but cannot postpone an announcement for ever.
///
/// Threads: one at a time.
/// Spec:    link 2.4; 9, hazard 6.
class Announcer {
public:
  /// Something that the announcement says has changed. True: announce now.
  [[nodiscard]] bool changed(HostTime now)
  {
    const auto pending = due_;
    if (now >= pending) return advance(now);
    if (attempt(now, std::max(lastAlive_, lastResponse_))) return true;
    due_ = std::min(due_, pending); // changes without end must not push it ahead of them
    return false;
  }

  /// Do what is due. True: announce now.
  [[nodiscard]] bool advance(HostTime now)
  {
    if (now < due_) return false;
    const bool mayWait = postponed_ < kMostPostponements;
    if (attempt(now, mayWait ? std::max(lastAlive_, lastResponse_) : lastAlive_)) return true;
    ++postponed_;
    return false;
  }

  /// A Response went out, which says the same to one peer.
  void responded(HostTime now) { lastResponse_ = now; }

  [[nodiscard]] HostTime nextDeadline() const { return due_; }

private:
  static constexpr std::chrono::milliseconds kLeastPause{50};
  static constexpr std::chrono::milliseconds kHeartbeat{250}; // ttl 5 s / 20
  static constexpr int kMostPostponements = 4;                // many peers answer more often than every 50 ms
  static constexpr HostTime kFarPast{std::chrono::hours{-1'000'000}};

  bool attempt(HostTime now, HostTime last)
  {
    using std::chrono::milliseconds;
    const auto pause = kLeastPause - std::chrono::duration_cast<milliseconds>(now - last);
    due_ = now + (pause > milliseconds{0} ? pause : kHeartbeat);
    if (pause >= milliseconds{1}) return false;
    postponed_ = 0;
    lastAlive_ = now;
    return true;
  }

  HostTime lastAlive_ = kFarPast;
  HostTime lastResponse_ = kFarPast;
  HostTime due_{};
  int postponed_ = 0;
};

} // namespace tutti::discovery
