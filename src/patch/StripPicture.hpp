#pragma once

#include <array>
#include <cstddef>
#include <span>

#include <tutti/patch/MixStrip.hpp>
#include <tutti/rt/Nonblocking.hpp>

#include "Glide.hpp"

namespace tutti::patch {

/// Where a strip's two channels are heard: four gains, from each channel to each side.
///
/// Threads: *audio*. `gainsOf` any.
class MixStrip::Picture {
public:
  using Gains = std::array<std::array<float, 2>, 2>; // by side, then by channel

  Picture(const StripSettings& settings, bool isSoloActive);

  static Gains gainsOf(const StripSettings& settings, bool isSoloActive) noexcept TUTTI_NONBLOCKING;

  /// Moves towards the settings, and fills `out`.
  void render(const Rendering& rendering, const StripSettings& settings, bool isSoloActive) noexcept
    TUTTI_NONBLOCKING;

private:
  StripSettings settings_;
  bool isSoloActive_;
  Gains targets_; // for these settings
  std::array<std::array<Glide, 2>, 2> glides_;
  Pace pace_;
};

} // namespace tutti::patch
