#include "BeatWindow.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <tutti/linkaudio/Pcm.hpp>

namespace tutti::linkaudio {
namespace {

constexpr std::size_t kSeconds = 9;        // the longest delay in beats, and what comes early
constexpr std::size_t kRuns = 2048;        // of hostile ones; of honest ones there are some hundred
constexpr std::int64_t kLongestRun = 4096; // frames; then stamps are believed anew
constexpr double kExact = 0.1e-3;          // s; nearer to what was counted, and they say nothing new

} // namespace

BeatWindow::BeatWindow(std::size_t channels, audio::SampleRate rate)
  : rate_{rate}
  , channels_{channels}
  , mask_{std::bit_ceil(kSeconds * static_cast<std::size_t>(rate.hertz())) - 1}
  , samples_((mask_ + 1) * channels)
  , runs_(kRuns)
{}

void BeatWindow::put(const Piece& piece) noexcept TUTTI_NONBLOCKING
{
  const auto capacity = static_cast<std::int64_t>(mask_ + 1);
  const auto end = piece.first + static_cast<std::int64_t>(piece.frames);
  if (piece.frames == 0 || end <= newest_ - capacity) return;
  auto index = count_;
  while (index > 0 && run(index - 1).sequence > piece.sequence) --index;
  if (index > 0 && continues(run(index - 1), piece)) {
    at(index - 1).end = end;
    at(index - 1).sequence = piece.sequence;
  } else {
    insert(index, piece);
  }
  keep(piece);
  newest_ = std::max(newest_, end);
  while (count_ > 0 && run(0).first < newest_ - capacity) {
    ++begin_;
    --count_;
  }
}

bool BeatWindow::continues(const Run& run, const Piece& piece) const noexcept TUTTI_NONBLOCKING
{
  if (piece.sequence - run.sequence > 1 || piece.first != run.end || piece.session != run.session)
    return false;
  if (piece.microsPerBeat != run.microsPerBeat || run.end - run.first >= kLongestRun) return false;
  const double off = distance(endOf(run), piece.begin) * 1e-12 * run.microsPerBeat; // s
  return std::abs(off) <= kExact;
}

void BeatWindow::insert(std::size_t index, const Piece& piece) noexcept TUTTI_NONBLOCKING
{
  if (count_ == runs_.size()) { // the oldest one goes
    if (index == 0) return;
    ++begin_;
    --count_;
    --index;
  }
  for (auto i = count_; i > index; --i) at(i) = at(i - 1);
  ++count_;
  at(index) = {piece.sequence, piece.first,         piece.first + static_cast<std::int64_t>(piece.frames),
               piece.begin,    piece.microsPerBeat, piece.session};
}

void BeatWindow::keep(const Piece& piece) noexcept TUTTI_NONBLOCKING
{
  for (std::size_t i = 0; i < piece.frames; ++i) {
    const auto slot = static_cast<std::size_t>(piece.first + static_cast<std::int64_t>(i)) & mask_;
    for (std::size_t channel = 0; channel < channels_; ++channel)
      samples_[slot * channels_ + channel] = piece.samples[i * channels_ + channel];
  }
}

/// The newest that begins there or before has the word.
std::optional<BeatWindow::Place> BeatWindow::find(const NodeId& session, time::Beats beat,
                                                  std::int64_t spent) const noexcept TUTTI_NONBLOCKING
{
  for (auto index = count_; index > 0; --index) {
    const auto& known = run(index - 1);
    if (known.session != session || known.end <= spent || known.begin > beat) continue;
    const double frames = distance(known.begin, beat) / microBeatsEach(known);
    const auto length = static_cast<double>(known.end - known.first);
    if (frames >= length && !goesOn(index - 1)) return std::nullopt;
    return Place{index - 1, static_cast<double>(known.first) + std::min(frames, length)};
  }
  return std::nullopt;
}

std::optional<time::Beats> BeatWindow::nextBegin(const NodeId& session, time::Beats beat,
                                                 std::int64_t spent) const noexcept TUTTI_NONBLOCKING
{
  std::optional<time::Beats> next;
  for (auto index = count_; index > 0; --index) {
    const auto& known = run(index - 1);
    if (known.session != session || known.end <= spent) continue;
    if (known.begin <= beat) break;
    if (!next || known.begin < *next) next = known.begin;
  }
  return next;
}

std::optional<std::size_t> BeatWindow::runOf(double frame) const noexcept TUTTI_NONBLOCKING
{
  for (auto index = count_; index > 0; --index) {
    const auto& known = run(index - 1);
    if (frame >= static_cast<double>(known.first) && frame < static_cast<double>(known.end)) return index - 1;
  }
  return std::nullopt;
}

double BeatWindow::stepAfter(std::size_t index) const noexcept TUTTI_NONBLOCKING
{
  const auto& here = run(index);
  return distance(endOf(here), run(index + 1).begin) * 1e-12 * here.microsPerBeat;
}

bool BeatWindow::goesOn(std::size_t index) const noexcept TUTTI_NONBLOCKING
{
  if (index + 1 >= count_) return false;
  const auto& here = run(index);
  const auto& next = run(index + 1);
  return here.end == next.first && here.session == next.session && std::abs(stepAfter(index)) <= kWander;
}

void BeatWindow::copy(std::size_t index, std::int64_t from, std::size_t channel,
                      std::span<float> to) const noexcept TUTTI_NONBLOCKING
{
  const auto until = from + static_cast<std::int64_t>(to.size());
  auto begin = run(index).first;
  auto end = run(index).end;
  for (auto i = index; begin > from && i > 0 && run(i - 1).end == begin; --i) begin = run(i - 1).first;
  for (auto i = index; end < until && i + 1 < count_ && run(i + 1).first == end; ++i) end = run(i + 1).end;
  for (std::size_t i = 0; i < to.size(); ++i) {
    const auto frame = from + static_cast<std::int64_t>(i);
    const auto slot = static_cast<std::size_t>(frame) & mask_;
    to[i] = frame >= begin && frame < end ? fromPcm(samples_[slot * channels_ + channel]) : 0.0F;
  }
}

} // namespace tutti::linkaudio
