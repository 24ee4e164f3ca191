#include "Continuity.hpp"

#include <algorithm>
#include <cmath>

#include <tutti/time/Rounding.hpp>

#include "BeatMath.hpp"

namespace tutti::linkaudio {
namespace {

using namespace std::chrono_literals;

constexpr double kWander = 1e-3;   // s; how far stamps wander
constexpr double kLongestHole = 4; // s; a longer one says no more than this
constexpr Micros kPause{500'000};  // without sound: then the beats say how long it was

/// How many frames after the end of `known` the chunk begins, as its beats say.
double framesAfter(std::int64_t frames, time::Beats begin, double microsPerBeat, const Chunk& chunk,
                   audio::SampleRate rate)
{
  return distance(begin, chunk.begin) / microBeatsPerFrame(rate, microsPerBeat) - static_cast<double>(frames);
}

std::int64_t capped(double frames, audio::SampleRate rate)
{
  return time::rounded(std::clamp(frames, 0.0, kLongestHole * rate.hertz()));
}

} // namespace

std::optional<Continuity::Place> Continuity::place(const Chunk& chunk, audio::SampleRate rate,
                                                   HostTime arrived)
{
  if (!newest_.isThere) {
    arrived_ = arrived;
    return remember(chunk, 0);
  }
  if (!isNear(chunk.sequence)) return doubt(chunk, rate);
  if (find(chunk.sequence) != nullptr) {
    ++repeated_;
    return std::nullopt;
  }
  doubted_ = 0;
  if (chunk.sequence < newest_.sequence) return fillIn(chunk, rate);
  const auto place =
    chunk.sequence == newest_.sequence + 1 ? follow(chunk, rate, arrived) : skip(chunk, rate);
  arrived_ = arrived;
  return place;
}

const Continuity::Known* Continuity::find(std::uint64_t sequence) const
{
  const auto& known = known_[sequence % kWindow];
  return known.isThere && known.sequence == sequence ? &known : nullptr;
}

bool Continuity::isNear(std::uint64_t sequence) const
{
  return sequence > newest_.sequence ? sequence - newest_.sequence <= kAhead
                                     : newest_.sequence - sequence < kWindow;
}

Continuity::Place Continuity::remember(const Chunk& chunk, std::int64_t first)
{
  const Known known{
    chunk.sequence, first, chunk.frames, chunk.begin, static_cast<double>(chunk.tempo.microsPerBeat()), true};
  known_[chunk.sequence % kWindow] = known;
  if (!newest_.isThere || chunk.sequence > newest_.sequence) newest_ = known;
  return {first, chunk.sequence + renumbered_};
}

/// After a pause, frames go on by as much as the beats: nobody counts what nobody asked for.
Continuity::Place Continuity::follow(const Chunk& chunk, audio::SampleRate rate, HostTime arrived)
{
  const double off = framesAfter(newest_.frames, newest_.begin, newest_.microsPerBeat, chunk, rate);
  const bool isJump = std::abs(off) > kWander * rate.hertz();
  const auto end = newest_.first + newest_.frames;
  const bool isAfterPause = isJump && arrived - arrived_ > kPause;
  const double silent = isAfterPause ? rate.toFrames(arrived - arrived_) : 0;
  auto place = remember(chunk, end + capped(silent, rate));
  place.isJump = isJump;
  return place;
}

Continuity::Place Continuity::skip(const Chunk& chunk, audio::SampleRate rate)
{
  const auto missing = chunk.sequence - newest_.sequence - 1;
  lost_ += missing;
  const double usual = static_cast<double>(missing) * static_cast<double>(newest_.frames);
  const double said = framesAfter(newest_.frames, newest_.begin, newest_.microsPerBeat, chunk, rate);
  const bool isUsual = std::abs(said - usual) <= kWander * rate.hertz();
  const bool isSense = said > 0 && said <= kLongestHole * rate.hertz();
  return remember(chunk, newest_.first + newest_.frames + capped(isUsual || !isSense ? usual : said, rate));
}

Continuity::Place Continuity::fillIn(const Chunk& chunk, audio::SampleRate rate)
{
  lost_ -= std::min<std::uint64_t>(lost_, 1);
  if (const auto* const before = find(chunk.sequence - 1))
    return remember(chunk, before->first + before->frames);
  if (const auto* const after = find(chunk.sequence + 1)) return remember(chunk, after->first - chunk.frames);
  const double before = framesAfter(newest_.frames, newest_.begin, newest_.microsPerBeat, chunk, rate);
  return remember(chunk, newest_.first + newest_.frames - capped(-before, rate));
}

std::optional<Continuity::Place> Continuity::doubt(const Chunk& chunk, audio::SampleRate rate)
{
  ++strays_;
  if (++doubted_ < kBelieved) return std::nullopt;
  doubted_ = 0;
  const auto first = newest_.first + newest_.frames + rate.hertz();
  renumbered_ += newest_.sequence + 2 * kWindow - chunk.sequence;
  known_ = {};
  newest_ = {};
  return remember(chunk, first);
}

} // namespace tutti::linkaudio
