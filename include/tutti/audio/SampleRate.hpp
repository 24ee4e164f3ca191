#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include <tutti/time/HostClock.hpp>
#include <tutti/time/Rounding.hpp>

namespace tutti::audio {

/// A number of frames: how long a block, a delay or a buffer is. A frame is one sample of each channel.
struct FrameCount {
  std::int64_t frames = 0;

  friend constexpr FrameCount operator+(FrameCount a, FrameCount b) { return {a.frames + b.frames}; }
  friend constexpr FrameCount operator-(FrameCount a, FrameCount b) { return {a.frames - b.frames}; }
  friend constexpr auto operator<=>(FrameCount, FrameCount) = default;
};

constexpr SampleTime operator+(SampleTime at, FrameCount later)
{
  return SampleTime{at.frames + later.frames};
}
constexpr FrameCount operator-(SampleTime later, SampleTime earlier)
{
  return FrameCount{later.frames - earlier.frames};
}

/// Frames a second, as a device counts them. Never zero.
class SampleRate {
public:
  constexpr SampleRate() = default;
  static constexpr SampleRate fromHertz(std::int32_t hertz) { return SampleRate{hertz < 1 ? 1 : hertz}; }

  [[nodiscard]] constexpr std::int32_t hertz() const { return hertz_; }

  /// Rounded to the nearest microsecond.
  [[nodiscard]] constexpr Micros toMicros(FrameCount length) const
  {
    return Micros{time::rounded(static_cast<double>(length.frames) * 1e6 / hertz_)};
  }

  /// Not rounded: where between two frames a moment lies.
  [[nodiscard]] constexpr double toFrames(Micros duration) const
  {
    return static_cast<double>(duration.count()) * hertz_ / 1e6;
  }

  friend constexpr auto operator<=>(SampleRate, SampleRate) = default;

private:
  explicit constexpr SampleRate(std::int32_t hertz)
    : hertz_{hertz}
  {}
  std::int32_t hertz_ = 48'000;
};

/// What devices of musicians run at, one or more of them.
inline constexpr std::array kUsualRates{SampleRate::fromHertz(44'100),  SampleRate::fromHertz(48'000),
                                        SampleRate::fromHertz(88'200),  SampleRate::fromHertz(96'000),
                                        SampleRate::fromHertz(176'400), SampleRate::fromHertz(192'000)};

static_assert(SampleRate::fromHertz(48'000).toMicros(FrameCount{64}) == Micros{1333});
static_assert(SampleRate::fromHertz(44'100).toFrames(Micros{1'000'000}) == 44'100.0);
static_assert(SampleRate::fromHertz(0).hertz() == 1);

} // namespace tutti::audio
