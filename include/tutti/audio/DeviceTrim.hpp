#pragma once

#include <algorithm>
#include <string>

#include <tutti/audio/DeviceWish.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::audio {

/// By how much longer sound is on its way through a device than the device tells: what a cable has measured.
struct DeviceTrim {
  Backend backend = Backend::jack;
  std::string device; ///< As `DeviceStatus` names it.
  Micros surplus{0};  ///< In and out together; negative for a device that tells too much.

  friend bool operator==(const DeviceTrim&, const DeviceTrim&) = default;
};

/// The surplus in two: a cable cannot tell which way is longer, so each has half, but none becomes shorter
/// than nothing.
struct TrimHalves {
  Micros in{0};
  Micros out{0};

  static constexpr TrimHalves of(Micros surplus, Micros toldIn, Micros toldOut)
  {
    const auto half = std::clamp(surplus / 2, -toldIn, std::max(surplus + toldOut, -toldIn));
    return {half, std::max(surplus - half, -toldOut)};
  }
  friend constexpr bool operator==(TrimHalves, TrimHalves) = default;
};

static_assert(TrimHalves::of(Micros{501}, Micros{0}, Micros{0}) == TrimHalves{Micros{250}, Micros{251}});
static_assert(TrimHalves::of(Micros{-500}, Micros{100}, Micros{900}) ==
              TrimHalves{Micros{-100}, Micros{-400}});
static_assert(TrimHalves::of(Micros{-500}, Micros{900}, Micros{100}) ==
              TrimHalves{Micros{-400}, Micros{-100}});
static_assert(TrimHalves::of(Micros{-500}, Micros{100}, Micros{100}) ==
              TrimHalves{Micros{-100}, Micros{-100}});

} // namespace tutti::audio
