#pragma once

#include <cstddef>

#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/Phase.hpp>

/// Where in a bar of any length the metronome clicks: on its downbeat and on each whole beat after it.
///
/// A last beat that is shorter than a quarter gets no click of its own: in a bar of 3.2 beats they fall on 0,
/// 1, 2. Without a bar (a quantum of zero or less) every whole beat is as good as any other.
namespace tutti::audio {

constexpr auto kBeat = time::Beats::fromMicroBeats(1'000'000);
constexpr auto kShortestBeat = time::Beats::fromMicroBeats(250'000);
constexpr auto kMomentInBeats = time::Beats::fromMicroBeats(1);

constexpr time::Beats wholeBeatsUp(time::Beats beats)
{
  const auto past = time::phase(beats, kBeat);
  return past == time::Beats{} ? beats : beats + (kBeat - past);
}

constexpr time::Beats firstClickFrom(time::Beats from, time::Beats quantum)
{
  if (quantum <= time::Beats{}) return wholeBeatsUp(from);
  const auto inBar = time::phase(from, quantum);
  const auto bar = from - inBar;
  const auto whole = wholeBeatsUp(inBar);
  const bool isShort = whole > time::Beats{} && quantum - whole < kShortestBeat;
  return whole >= quantum || isShort ? bar + quantum : bar + whole;
}

constexpr time::Beats clickAfter(time::Beats click, time::Beats quantum)
{
  return firstClickFrom(click + kMomentInBeats, quantum);
}

/// 0 on the downbeat, or where there are no bars 1.
constexpr std::size_t placeInBar(time::Beats click, time::Beats quantum)
{
  if (quantum <= time::Beats{}) return 1;
  return static_cast<std::size_t>(time::phase(click, quantum).microBeats() / kBeat.microBeats());
}

static_assert(firstClickFrom(time::Beats::fromDouble(-0.5), time::Beats::fromDouble(4)) == time::Beats{});
static_assert(clickAfter(time::Beats::fromDouble(3), time::Beats::fromDouble(3.5)) ==
              time::Beats::fromDouble(3.5));
static_assert(clickAfter(time::Beats::fromDouble(2), time::Beats::fromDouble(3.2)) ==
              time::Beats::fromDouble(3.2));
static_assert(placeInBar(time::Beats::fromDouble(-1), time::Beats::fromDouble(4)) == 3);

} // namespace tutti::audio
