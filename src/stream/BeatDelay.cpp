#include "BeatDelay.hpp"

#include <cmath>

#include <tutti/stream/DelayMode.hpp>

namespace tutti::stream {
namespace {

constexpr double kLeap = 2000;  // µs; a clock was set, or frames were never counted
constexpr double kSpare = 2000; // µs to spare before what was refused is tried again

} // namespace

void BeatDelay::captured(std::int64_t frame, double at)
{
  if (captured_.hasBegun() && frame <= captured_.frame()) return; // overtaken by a later one
  const auto frames = captured_.hasBegun() ? frame - captured_.frame() : 0;
  const double error = captured_.hasBegun() ? at - captured_.microsAt(static_cast<double>(frame)) : 0;
  if (std::abs(error) > kLeap) captured_.shift(error);
  captured_.add(frame, frames, at);
}

InBeats BeatDelay::judge(int beats, double needed)
{
  const double length = lengthOf(beats);
  const double spare = last_ == InBeats::kept ? 0 : kSpare;
  if (!isKnown())
    last_ = InBeats::unknown;
  else if (length > static_cast<double>(DelayMode::kLongest.count()))
    last_ = InBeats::tooLong;
  else
    last_ = needed + spare > length ? InBeats::tooFar : InBeats::kept;
  return last_;
}

} // namespace tutti::stream
