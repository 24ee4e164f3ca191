#pragma once

#include <cstdint>

#include <tutti/time/HostClock.hpp>

namespace tutti::stream {

/// How a player's delay is chosen.
struct DelayMode {
  enum class Kind : std::uint8_t {
    live,   ///< As short as the intent says is safe.
    steady, ///< A fixed time from the instrument to the ear, whatever the path does.
    beats   ///< So many beats of the session from the instrument to the ear: distance becomes musical time.
  };
  static constexpr int kMostBeats = 16;
  static constexpr Micros kLongest{8'000'000}; ///< What beats may come to: it is all kept in memory.

  Kind kind = Kind::live;
  Micros total{}; ///< for `steady`
  int beats = 0;  ///< for `beats`, from 1

  static constexpr DelayMode steady(Micros total) { return {Kind::steady, total, 0}; }
  static constexpr DelayMode inBeats(int beats) { return {Kind::beats, {}, beats}; }

  friend constexpr bool operator==(const DelayMode&, const DelayMode&) = default;
};

} // namespace tutti::stream
