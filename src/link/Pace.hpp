#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <utility>

#include <tutti/time/HostClock.hpp>

namespace tutti::link {

/// Lets so many things through in a while and counts the others: what strangers cause must not fill a disk,
/// nor keep us busy.
///
/// Threads: one at a time.
class Pace {
public:
  constexpr Pace(std::size_t most, std::chrono::milliseconds window)
    : most_{most}
    , window_{window}
  {}

  /// Nothing: not this one. Otherwise how many were held back since the last one.
  std::optional<std::size_t> next(HostTime now)
  {
    if (now - windowFrom_ >= window_) {
      windowFrom_ = now;
      through_ = 0;
    }
    if (through_ >= most_) {
      ++heldBack_;
      return std::nullopt;
    }
    ++through_;
    return std::exchange(heldBack_, 0);
  }

private:
  std::size_t most_;
  std::chrono::milliseconds window_;
  HostTime windowFrom_{};
  std::size_t through_ = 0;
  std::size_t heldBack_ = 0;
};

} // namespace tutti::link
