#pragma once

#include <array>
#include <atomic>
#include <cstddef>

#include <tutti/audio/Meter.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti::patch {

/// The four levels of a strip, at any rate.
///
/// A meter knows its rate from the beginning; a strip outlives a change of rate. So there is a set for each
/// octave of rates: 44.1 kHz is near enough to 48 for what is made for eyes.
///
/// Threads: `process` *audio*; `read` and `clearClips` *any*.
class MixStrip::LevelMeters {
public:
  void process(const Rendering& rendering) noexcept TUTTI_NONBLOCKING;

  [[nodiscard]] audio::Level read(Tap tap, Channel channel) const noexcept
  {
    return meters_[octave_.load(std::memory_order_relaxed)].at(tap, channel).read();
  }
  void clearClips() noexcept;

private:
  struct Four {
    explicit Four(int hertz)
      : rate{audio::SampleRate::fromHertz(hertz)}
    {}
    [[nodiscard]] const audio::Meter& at(Tap tap, Channel channel) const noexcept
    {
      return all[2 * static_cast<std::size_t>(tap) + static_cast<std::size_t>(channel)];
    }

    audio::SampleRate rate;
    std::array<audio::Meter, 4> all{audio::Meter{rate}, audio::Meter{rate}, audio::Meter{rate},
                                    audio::Meter{rate}}; // by tap, then by channel
  };

  std::array<Four, 3> meters_{Four{48'000}, Four{96'000}, Four{192'000}};
  std::atomic<std::size_t> octave_{0};
};

} // namespace tutti::patch
