#pragma once

#include <chrono>
#include <optional>

#include <tutti/time/HostClock.hpp>

namespace tutti::app {

/// A value as the musician asked for it, until the engine's own word catches up.
///
/// Commands leave as messages, and snapshots that were on their way still tell the old value: without this a
/// button would flicker, and two quick nudges would count as one.
template <class T> class Asked {
public:
  explicit Asked(T value = T{})
    : value_{std::move(value)}
  {}

  [[nodiscard]] const T& value() const { return value_; }

  /// The musician wants this. True if it differs from what is shown.
  bool ask(T wanted, HostTime at)
  {
    since_ = at;
    return replace(std::move(wanted));
  }

  /// The engine says this. True if what is shown changes by it.
  bool tell(T said, HostTime at)
  {
    if (since_ && said != value_ && at - *since_ < kPatience) return false;
    since_.reset();
    return replace(std::move(said));
  }

private:
  /// Longer than two ticks of the window, shorter than a refusal should stay hidden.
  static constexpr Micros kPatience = std::chrono::milliseconds{150};

  bool replace(T value)
  {
    if (value == value_) return false;
    value_ = std::move(value);
    return true;
  }

  T value_;
  std::optional<HostTime> since_;
};

} // namespace tutti::app
