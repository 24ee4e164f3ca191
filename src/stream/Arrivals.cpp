#include "Arrivals.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include <tutti/audio/Resampler.hpp>
#include <tutti/time/Rounding.hpp>

namespace tutti::stream {
namespace {

constexpr double kComputeEvery = 10e3; // µs; a late packet is looked at at once

constexpr double kGrowing = 500e3;     // µs
constexpr int kNoAccident = 3;         // times in a row, each within that of the one before
constexpr double kFirstHeadroom = 500; // µs, then doubled
constexpr double kMostHeadroom = 20e3; // µs

// s; by then the line is a good deal nearer to the truth than when the first packets were judged by it
constexpr std::array kLearnAnewAt{0.1, 0.4, 1.5, 4.0, 10.0};

double exact(HostTime moment)
{
  return static_cast<double>(microsOf(moment));
}

Micros micros(double value)
{
  return Micros{time::rounded(value)};
}

} // namespace

Playout::Arrivals::Arrivals(Crossing& crossing, Clocks clocks, std::size_t channels)
  : crossing_{crossing}
  , clocks_{clocks}
  , channels_{channels}
  , line_{clocks.sender}
  , beatDelay_{clocks.sender}
{
  const audio::Resampler asUsed{1, static_cast<double>(clocks.sender.hertz()) / clocks.device.hertz()};
  resampler_ = static_cast<double>(asUsed.latency().frames) * 1e6 / clocks.sender.hertz();
}

void Playout::Arrivals::receive(SampleTime first, std::span<const std::span<const float>> channels,
                                HostTime arrived, HostTime now, Source source)
{
  if (channels.empty() || channels.front().empty()) return;
  handOver(first.frames, channels);
  received_ += channels.front().size();
  if (source == Source::redundancy) {
    recovered_ += channels.front().size();
    return;
  }
  note(first, audio::FrameCount{static_cast<std::int64_t>(channels.front().size())}, arrived, now, source);
}

void Playout::Arrivals::note(SampleTime first, audio::FrameCount count, HostTime arrived, HostTime now,
                             Source source)
{
  if (count.frames <= 0 || source == Source::detour) return;
  const bool leapt = std::abs(first.frames - last_) > clocks_.sender.hertz(); // by more than a second
  if (line_.clock().hasBegun() && leapt) beginAnew();
  last_ = first.frames;
  lookForBreaks(source, exact(arrived), exact(now));
  learn(first.frames, count.frames, exact(arrived), exact(now));
  guide(exact(now));
}

void Playout::Arrivals::beginAnew()
{
  line_.reset();
  beatDelay_.reset();
  target_.reset();
  seenCount_ = 0;
  settling_ = 0;
  wayBegan_ = 0;
  waitDue_ = 0;
  ++leaps_;
}

/// What was learnt of the way before says nothing of this one. The wait goes down slowly, though: what comes
/// sooner now is worth less than no gap.
void Playout::Arrivals::takeAnotherWay(HostTime now)
{
  if (!line_.clock().hasBegun()) return;
  line_.takeAnotherWay(exact(now));
  wayBegan_ = line_.clock().age();
  target_.reset();
  target_.begin(exact(now), wait_);
  seenCount_ = 0;
  settling_ = 0;
  growths_ = 0;
  waitDue_ = 0;
}

void Playout::Arrivals::learn(std::int64_t first, std::int64_t frames, double arrived, double now)
{
  if (!line_.clock().hasBegun()) target_.begin(now);
  const auto verdict = line_.add(first, frames, arrived);
  const double lateness = line_.latenessOf(first, now);
  now_ = now;
  const bool isAccident =
    lateness > wait_ && !verdict.step && leniency_.forgives(lateness - wait_, now, target_.stretch());
  seen_[seenCount_++ % seen_.size()] = {first, now, isAccident};
  const double age = line_.clock().age() - wayBegan_;
  if (settling_ < kLearnAnewAt.size() && age >= kLearnAnewAt[settling_]) return learnAnew(now);
  if (verdict.step) {
    target_.stepped(*verdict.step, now);
    waitDue_ = 0;
  }
  if (!isAccident) believe(verdict, lateness, now);
}

void Playout::Arrivals::believe(const ArrivalLine::Verdict& verdict, double lateness, double now)
{
  if (lateness > wait_ && now - markedAt_ > Leniency::kBesideBreak) {
    target_.mark();
    markedAt_ = now;
  }
  const double headroom = headroomFor(lateness, now);
  if (verdict.isStray) {
    target_.doubt(lateness, headroom, now);
  } else {
    target_.trustDoubted();
    target_.add(lateness, headroom, now);
  }
  if (lateness + DelayTarget::kMargin > wait_) waitDue_ = 0; // up at once
}

/// Who loses frames or stands still is mostly late before it is known: what was believed meanwhile is taken
/// back.
void Playout::Arrivals::lookForBreaks(Source source, double arrived, double now)
{
  const auto& rendered = crossing_.rendered.read();
  const bool haveWeBroken = std::exchange(brokenAt_, rendered.brokenAt) != rendered.brokenAt;
  const bool wasDeviceHeldUp = std::exchange(heldUpAt_, rendered.heldUpAt) != rendered.heldUpAt;
  const bool wasThreadHeldUp = handOvers_.judge(now - arrived);
  const bool hasSenderBroken = source == Source::resumed;
  const bool wasSenderHeldUp = source == Source::heldUp;
  if (hasSenderBroken || wasSenderHeldUp) line_.senderBroke(now);
  if (hasSenderBroken || haveWeBroken) {
    leniency_.broke(now);
  } else {
    const bool wasHeldUp = wasSenderHeldUp || wasDeviceHeldUp || wasThreadHeldUp;
    if (!wasHeldUp || !leniency_.heldUp(now, target_.stretch())) return;
  }
  if (now - markedAt_ < Leniency::kBesideBreak) target_.takeBack();
  waitDue_ = 0;
}

/// A queue that fills makes every packet later than the one before. Running after it would be late each time.
double Playout::Arrivals::headroomFor(double lateness, double now)
{
  if (lateness <= wait_) return 0;
  const bool isGrowing = now - grewAt_ < kGrowing;
  grewAt_ = now;
  growths_ = isGrowing ? growths_ + 1 : 1;
  headroom_ = growths_ < kNoAccident ? 0 : std::min(2 * headroom_ + kFirstHeadroom, kMostHeadroom);
  return headroom_;
}

/// What was judged by a line that was not yet right.
void Playout::Arrivals::learnAnew(double now)
{
  ++settling_;
  target_.reset();
  for (std::size_t i = 0; i < std::min(seenCount_, seen_.size()); ++i)
    if (!seen_[i].isAccident) target_.add(line_.latenessOf(seen_[i].first, seen_[i].at), 0, now);
  waitDue_ = 0;
}

void Playout::Arrivals::guide(double now)
{
  if (now >= waitDue_) {
    wait_ = waitAt(now);
    waitDue_ = now + kComputeEvery;
  }
  crossing_.guidance.write(guidance());
}

Guidance Playout::Arrivals::guidance() const
{
  const auto& clock = line_.clock();
  Guidance guidance;
  guidance.frame = clock.frame();
  guidance.micros = clock.microsAt(static_cast<double>(clock.frame()));
  guidance.microsPerFrame = clock.microsPerFrame();
  guidance.wait = wait_;
  guidance.leaps = leaps_;
  guidance.isValid = true;
  if (inBeats_ != InBeats::kept) return guidance;
  const auto& captured = beatDelay_.captureClock();
  guidance.beats = mode_.beats;
  guidance.capturedFrame = captured.frame();
  guidance.capturedMicros = captured.microsAt(static_cast<double>(captured.frame()));
  guidance.capturedPerFrame = captured.microsPerFrame();
  guidance.after = after_ + resampler_;
  return guidance;
}

double Playout::Arrivals::waitAt(double now)
{
  if (mode_.kind == DelayMode::Kind::live) return target_.at(now);
  if (mode_.kind == DelayMode::Kind::beats) return waitInBeats(target_.at(now));
  const double elsewhere = before_ + after_ + resampler_ + crossing_.rendered.read().blockAhead;
  return std::max(0.0, static_cast<double>(mode_.total.count()) - elsewhere);
}

/// Beats where they can be kept, else as short as is `safe`.
double Playout::Arrivals::waitInBeats(double safe)
{
  const auto& captured = beatDelay_.captureClock();
  const auto frame = static_cast<double>(line_.clock().frame());
  const double underWay = captured.hasBegun() ? line_.clock().microsAt(frame) - captured.microsAt(frame) : 0;
  const double elsewhere = underWay + resampler_ + crossing_.rendered.read().blockAhead + after_;
  needed_ = elsewhere + safe;
  const auto before = std::exchange(inBeats_, beatDelay_.judge(mode_.beats, needed_));
  if ((before == InBeats::kept) != (inBeats_ == InBeats::kept)) ++leaps_;
  return inBeats_ == InBeats::kept ? std::max(0.0, beatDelay_.lengthOf(mode_.beats) - elsewhere) : safe;
}

/// All that is under way and as much that was heard, for whoever goes back to it.
void Playout::Arrivals::makeSpace()
{
  if (crossing_.longShelf) return;
  const double reach = clocks_.sender.toFrames(DelayMode::kLongest) * 1.02;
  crossing_.longShelf = std::make_unique<Shelf>(channels_, static_cast<std::size_t>(2 * reach));
  crossing_.longShelfToPlayFrom.store(crossing_.longShelf.get(), std::memory_order_release);
}

void Playout::Arrivals::handOver(std::int64_t first, std::span<const std::span<const float>> channels)
{
  const auto frames = channels.front().size();
  for (std::size_t done = 0; done < frames; done += Chunk::kFrames) {
    Chunk chunk;
    chunk.first = SampleTime{first + static_cast<std::int64_t>(done)};
    chunk.frames = static_cast<std::uint32_t>(std::min(Chunk::kFrames, frames - done));
    for (std::size_t channel = 0; channel < std::min(channels.size(), kMostChannels); ++channel)
      std::ranges::copy(channels[channel].subspan(done, chunk.frames), chunk.samples[channel].begin());
    crossing_.chunks.tryPush(chunk); // full means that no block was asked for since long: nobody listens
  }
}

void Playout::Arrivals::setLimits(Micros floor, Micros ceiling)
{
  target_.setLimits(static_cast<double>(floor.count()), static_cast<double>(ceiling.count()));
  waitDue_ = 0;
}

void Playout::Arrivals::setMode(DelayMode mode)
{
  if (mode == mode_) return;
  mode_ = mode;
  inBeats_ = InBeats::off;
  if (mode.kind == DelayMode::Kind::beats) makeSpace();
  waitDue_ = 0;
  ++leaps_;
}

void Playout::Arrivals::setElsewhere(Micros before, Micros after)
{
  before_ = static_cast<double>(before.count());
  after_ = static_cast<double>(after.count());
}

void Playout::Arrivals::captured(SampleTime frame, HostTime at)
{
  const bool wasKnown = beatDelay_.isKnown();
  beatDelay_.captured(frame.frames, exact(at));
  if (!wasKnown) waitDue_ = 0;
}

void Playout::Arrivals::setTempo(const time::TempoTrack& tempo)
{
  if (!tempo.hasBegun()) return;
  crossing_.tempo.write(tempo);
  beatDelay_.setTempo(tempo.microsPerBeat());
  waitDue_ = 0;
}

void Playout::Arrivals::reset()
{
  target_.reset();
  target_.begin(now_);
  waitDue_ = 0;
  ++leaps_;
}

PlayoutStatistics Playout::Arrivals::statistics()
{
  const auto& rendered = crossing_.rendered.read();
  PlayoutStatistics statistics;
  statistics.received = received_;
  statistics.recovered = recovered_;
  statistics.played = rendered.played;
  statistics.late = rendered.late;
  statistics.concealed = rendered.concealed;
  statistics.gaps = rendered.gaps;
  statistics.leaps = rendered.leaps;
  const double nominal = static_cast<double>(clocks_.device.hertz()) / clocks_.sender.hertz();
  const double ratio = rendered.ownMicrosPerFrame / line_.clock().microsPerFrame() * nominal;
  statistics.driftPpm = rendered.isPlaying ? (ratio - 1) * 1e6 : 0;
  statistics.target = micros(wait_);
  statistics.playout = micros(rendered.playout);
  statistics.resampler = micros(resampler_);
  statistics.usualJitter = micros(line_.usual());
  statistics.isPlaying = rendered.isPlaying;
  statistics.inBeats = inBeats_;
  if (inBeats_ == InBeats::kept || inBeats_ == InBeats::tooFar) statistics.needed = micros(needed_);
  if (inBeats_ != InBeats::off) statistics.beats = micros(beatDelay_.lengthOf(mode_.beats));
  statistics.jitter = target_.histogram().shown();
  return statistics;
}

HostTime Playout::Arrivals::usualArrival(SampleTime frame) const
{
  if (!line_.clock().hasBegun()) return HostTime{};
  return hostTime(time::rounded(line_.clock().microsAt(static_cast<double>(frame.frames))));
}

} // namespace tutti::stream
