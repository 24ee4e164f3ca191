#include <tutti/time/TempoTrack.hpp>

#include <algorithm>
#include <utility>

namespace tutti::time {
namespace {

constexpr double kShortest = 200e3; // µs; two pieces together
constexpr double kLatest = 2e6;     // µs; nobody notices a change later
constexpr double kEarliest = 500e3; // µs; nor commits one further ahead

double exact(HostTime moment)
{
  return static_cast<double>(microsOf(moment));
}

double periodOf(const BeatGrid& grid)
{
  return static_cast<double>(grid.tempo().microsPerBeat());
}

/// When both said the same beat; now, if they never did lately: then the beats themselves were moved.
double crossing(const BeatGrid& before, const BeatGrid& after, HostTime now)
{
  const double ahead = (after.timeline().toBeats(now) - before.timeline().toBeats(now)).toDouble();
  const double since = ahead / (1 / periodOf(after) - 1 / periodOf(before));
  return exact(now) - (since < kLatest && since > -kEarliest ? since : 0);
}

} // namespace

bool TempoTrack::follow(const BeatGrid& grid, HostTime now)
{
  const auto known = std::exchange(grid_, grid);
  if (count_ == 0) {
    pieces_[count_++] = {exact(now), 0, periodOf(grid)};
    return true;
  }
  if (known.tempo().microsPerBeat() == grid.tempo().microsPerBeat()) return false;
  change(std::max(crossing(known, grid, now), last().at), periodOf(grid));
  return true;
}

void TempoTrack::change(double at, double microsPerBeat)
{
  const double beats = last().beats + (at - last().at) / last().microsPerBeat;
  if (count_ > 2 && at - pieces_[count_ - 2].at < kShortest) { // the first one is also for what was before
    --count_;
    auto& merged = pieces_[count_ - 1];
    if (at > merged.at) merged.microsPerBeat = (at - merged.at) / (beats - merged.beats);
  }
  if (count_ == kMost) {
    std::shift_left(pieces_.begin(), pieces_.end(), 1);
    --count_;
  }
  pieces_[count_++] = {at, beats, microsPerBeat};
}

/// The first one also for what was before.
const TempoTrack::Piece& TempoTrack::pieceAt(double at) const noexcept TUTTI_NONBLOCKING
{
  auto piece = count_ - 1;
  while (piece > 0 && pieces_[piece].at > at) --piece;
  return pieces_[piece];
}

const TempoTrack::Piece& TempoTrack::pieceOf(double beats) const noexcept TUTTI_NONBLOCKING
{
  auto piece = count_ - 1;
  while (piece > 0 && pieces_[piece].beats > beats) --piece;
  return pieces_[piece];
}

TempoTrack::Moment TempoTrack::before(double at, double beats) const noexcept TUTTI_NONBLOCKING
{
  const auto& here = pieceAt(at);
  const double wanted = here.beats + (at - here.at) / here.microsPerBeat - beats;
  const auto& there = pieceOf(wanted);
  return {there.at + (wanted - there.beats) * there.microsPerBeat, there.microsPerBeat / here.microsPerBeat};
}

} // namespace tutti::time
