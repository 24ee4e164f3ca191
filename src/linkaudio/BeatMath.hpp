#pragma once

#include <cmath>
#include <cstdint>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/time/Beats.hpp>
#include <tutti/time/Tempo.hpp>

/// Frames and session beats of a channel: where in a chunk a beat lies, and how long frames are in beats.
///
/// Units: µ-beats and frames, not rounded.
/// Spec:  link-audio 6.3.
namespace tutti::linkaudio {

constexpr double microBeatsPerFrame(audio::SampleRate rate, double microsPerBeat)
{
  return 1e12 / (static_cast<double>(rate.hertz()) * microsPerBeat);
}

/// From one beat to another, in µ-beats.
constexpr double distance(time::Beats from, time::Beats to)
{
  return static_cast<double>((to - from).microBeats());
}

constexpr time::Beats later(time::Beats beat, double microBeats)
{
  return beat + time::Beats::fromMicroBeats(time::rounded(microBeats));
}

/// The frame that a place lies in, or at.
inline std::int64_t floorOf(double frame)
{
  return static_cast<std::int64_t>(std::floor(frame));
}

static_assert(microBeatsPerFrame(audio::SampleRate::fromHertz(48'000), 500'000) * 24'000 == 1e6);

} // namespace tutti::linkaudio
