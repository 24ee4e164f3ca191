#pragma once

#include <algorithm>
#include <array>
#include <chrono>

#include <tutti/time/HostClock.hpp>

namespace tutti::bridge {

/// When to tell the room how things are here: at once after a change, twice more soon after (a datagram may
/// be lost), once a second otherwise; and never twice within 50 ms.
///
/// Threads: one at a time.
class Herald {
public:
  void changed(HostTime now)
  {
    again_ = 0;
    due_ = std::min(due_, std::max(now, last_ + kLeastPause));
  }

  /// Do what is due. True: tell them now.
  [[nodiscard]] bool advance(HostTime now)
  {
    if (now < due_) return false;
    last_ = now;
    due_ = now + (again_ < kAgain.size() ? kAgain.at(again_++) : kPeriod);
    return true;
  }

  [[nodiscard]] HostTime nextDeadline() const { return due_; }

private:
  static constexpr std::chrono::milliseconds kLeastPause{50};
  static constexpr std::chrono::milliseconds kPeriod{1000};
  static constexpr std::array<std::chrono::milliseconds, 2> kAgain{std::chrono::milliseconds{80},
                                                                   std::chrono::milliseconds{200}};

  HostTime last_ = HostTime{} - std::chrono::hours{1'000'000};
  HostTime due_{};
  std::size_t again_ = kAgain.size();
};

} // namespace tutti::bridge
