#pragma once

#include <compare>

namespace tutti::stream {

/// What a musician wants of a player's delay, on one control from *low delay* (0) to *safe* (1).
///
/// In the middle at most one frame a minute comes too late; towards low delay one in a hundred may, and a
/// late burst is soon forgotten; towards safe hardly any may, and bursts are remembered twice as long.
class Intent {
public:
  constexpr Intent() = default;
  static constexpr Intent of(double value)
  {
    if (!(value > 0)) return Intent{0}; // also not-a-number
    return Intent{value < 1 ? value : 1};
  }

  [[nodiscard]] constexpr double value() const { return value_; }

  friend constexpr auto operator<=>(Intent, Intent) = default;

private:
  explicit constexpr Intent(double value)
    : value_{value}
  {}
  double value_ = 0.5;
};

static_assert(Intent::of(7).value() == 1 && Intent::of(-1).value() == 0);

} // namespace tutti::stream
