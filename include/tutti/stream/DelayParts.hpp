#pragma once

#include <tutti/time/HostClock.hpp>

namespace tutti::stream {

/// Where the time goes between an instrument and a distant ear. The parts add up to what a loopback measures.
struct DelayParts {
  Micros deviceIn{};  ///< from the instrument until the device hands the block out
  Micros packet{};    ///< until the packet is on the wire: re-blocking, coding
  Micros network{};   ///< until it arrives, as it usually does
  Micros playout{};   ///< waiting so that later ones are in time too, and for the device to ask
  Micros resampler{}; ///< in the windowed sinc
  Micros deviceOut{}; ///< from the device asking until the ear

  [[nodiscard]] constexpr Micros total() const
  {
    return deviceIn + packet + network + playout + resampler + deviceOut;
  }
};

} // namespace tutti::stream
