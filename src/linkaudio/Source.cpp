#include <tutti/linkaudio/Source.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include "BeatVoice.hpp"
#include "Continuity.hpp"
#include "LiveVoice.hpp"
#include "Voice.hpp"

namespace tutti::linkaudio {
namespace {

using namespace std::chrono_literals;

constexpr Micros kHold{1'000'000}; // link-audio 7.2: our own change of session may follow
constexpr Micros kSettle{250'000}; // between two voices: whoever changes formats all the time is not heard
constexpr Micros kNoSignal{1'000'000};    // beside the delay
constexpr std::size_t kHeard = 2;         // channels
constexpr std::int64_t kFastest = 60'000; // µs per beat; link-audio 6.5
constexpr std::int64_t kSlowest = 3'000'001;

/// What a decoder lets pass; whoever else makes buffers is held to it too.
bool isSane(const AudioBuffer& buffer)
{
  const auto hertz = buffer.rate.hertz();
  if (buffer.chunks.empty() || buffer.channels < 1 || buffer.channels > 8) return false;
  if (hertz < 8000 || hertz > 192'000) return false;
  std::size_t frames = 0;
  for (const auto& chunk : buffer.chunks) {
    const auto upb = chunk.tempo.microsPerBeat();
    if (upb < kFastest || upb > kSlowest) return false;
    frames += chunk.frames;
  }
  return frames * buffer.channels == buffer.samples.size();
}

/// The first two channels are what is heard.
std::vector<std::int16_t> firstTwo(const AudioBuffer& buffer)
{
  std::vector<std::int16_t> two;
  two.reserve(buffer.samples.size() / buffer.channels * kHeard);
  for (std::size_t i = 0; i < buffer.samples.size(); i += buffer.channels)
    two.insert(two.end(), {buffer.samples[i], buffer.samples[i + 1]});
  return two;
}

} // namespace

/// The count of frames, and where its newest chunk is.
struct Source::Unrolled {
  Continuity continuity;
  std::vector<PlacedChunk> placed; // of one datagram
  std::int64_t newest = 0;
  std::uint64_t sequence = 0;
};

Source::Source(ChannelId id, Placement placement)
  : id_{id}
  , placement_{placement}
  , unrolled_{std::make_unique<Unrolled>()}
{}

Source::~Source() = default;

void Source::receive(const AudioBuffer& buffer, HostTime arrived, HostTime now)
{
  if (!isSane(buffer)) {
    ++shown_.refused;
    return;
  }
  arrived_ = std::max(arrived_, arrived);
  release(now);
  if (isOurs(buffer, arrived, now)) take(buffer, arrived, now);
}

bool Source::isOurs(const AudioBuffer& buffer, HostTime arrived, HostTime now)
{
  if (buffer.session == session_) {
    foreignSince_.reset();
    return true;
  }
  if (!foreignSince_) foreignSince_ = now;
  const bool mayFollow = now - *foreignSince_ <= kHold;
  if (placement_.kind == Placement::Kind::live && mayFollow) return true;
  if (mayFollow && held_.size() < kMostHeld)
    held_.push_back({buffer, arrived, now});
  else
    ++shown_.refused;
  return false;
}

/// What was held back for too long.
void Source::release(HostTime now)
{
  while (!held_.empty() && now - held_.front().now > kHold) {
    ++shown_.refused;
    held_.pop_front();
  }
}

void Source::follow(NodeId session, HostTime now)
{
  if (session == session_) return;
  session_ = session;
  foreignSince_.reset();
  release(now);
  for (const auto& held : std::exchange(held_, {}))
    if (held.buffer.session == session)
      take(held.buffer, held.arrived, now);
    else
      ++shown_.refused;
}

void Source::take(const AudioBuffer& buffer, HostTime arrived, HostTime now)
{
  const auto channels = std::min<std::size_t>(buffer.channels, kHeard);
  const auto two = buffer.channels > kHeard ? firstTwo(buffer) : std::vector<std::int16_t>{};
  auto samples = std::span{buffer.channels > kHeard ? two : buffer.samples};
  shown_.rate = buffer.rate;
  shown_.channels = buffer.channels;
  auto& unrolled = *unrolled_;
  unrolled.placed.clear();
  for (const auto& chunk : buffer.chunks) {
    const auto own = samples.first(chunk.frames * channels);
    samples = samples.subspan(own.size());
    const auto place = unrolled.continuity.place(chunk, buffer.rate, arrived);
    if (!place) continue;
    unrolled.placed.push_back({place->first, place->order, chunk, buffer.session, own, place->isJump});
    shown_.frames += chunk.frames;
    if (place->first < unrolled.newest) continue;
    unrolled.newest = place->first;
    shown_.tempo = chunk.tempo;
    shown_.begin = chunk.begin;
  }
  renew(now);
  for (const auto& voice : voices_)
    if (voice->kind().sender == buffer.rate && voice->kind().channels == channels)
      voice->receive(unrolled.placed, arrived, now);
}

void Source::setPlacement(Placement placement, HostTime now)
{
  placement.beats = std::clamp(placement.beats, 1, Placement::kMostBeats);
  placement_ = placement;
  for (const auto& voice : voices_) voice->setBeats(placement.beats);
  renew(now);
}

Source::Voice* Source::newest() const
{
  return voices_.empty() ? nullptr : voices_.back().get();
}

/// A voice that fits what comes, what it is played on, and how it is to be placed.
void Source::renew(HostTime now)
{
  bury();
  const auto device = deviceRate_.load(std::memory_order_relaxed);
  if (shown_.channels == 0 || device == 0) return;
  const Voice::Kind wanted{shown_.rate, audio::SampleRate::fromHertz(device),
                           std::min<std::size_t>(shown_.channels, kHeard), placement_.kind};
  shown_.isUnplayable = wanted.placement == Placement::Kind::live && !LiveVoice::isPossible(wanted);
  if (shown_.isUnplayable || (newest() != nullptr && newest()->kind() == wanted)) return;
  if (voices_.size() >= kMostVoices || (newest() != nullptr && now - madeAt_ < kSettle)) return;
  madeAt_ = now;
  if (wanted.placement == Placement::Kind::live)
    voices_.push_back(std::make_unique<LiveVoice>(wanted));
  else
    voices_.push_back(std::make_unique<BeatVoice>(wanted, placement_.beats));
  coming_.tryPush(voices_.back().get());
}

void Source::bury()
{
  while (const auto gone = gone_.tryPop())
    std::erase_if(voices_, [&](const auto& voice) { return voice.get() == *gone; });
}

void Source::tend(HostTime now)
{
  release(now);
  renew(now);
}

SourceSnapshot Source::takeSnapshot(const SessionGrid& grid, HostTime now)
{
  auto shown = shown_;
  const auto& continuity = unrolled_->continuity;
  shown.lost = continuity.lost();
  shown.repeated = continuity.repeated();
  shown.isOtherSession = foreignSince_.has_value();
  shown.peak = peak_.exchange(0, std::memory_order_relaxed);
  if (newest() == nullptr) return shown;
  const auto report = newest()->report(unrolled_->newest);
  const Micros deviceOut{deviceOut_.load(std::memory_order_relaxed)};
  const bool isLive = newest()->kind().placement == Placement::Kind::live;
  const auto delay = time::Beats::fromMicroBeats(std::int64_t{1'000'000} * placement_.beats);
  const auto heardAt =
    isLive ? report.usualArrival + report.waits + deviceOut : grid.timeAt(shown.begin + delay);
  shown.delay = heardAt - (isLive ? report.usualArrival : arrived_);
  shown.lag = isLive ? (grid.beatAt(heardAt) - shown.begin).toDouble() : report.lagMicroBeats * 1e-6;
  shown.late = report.late;
  shown.gaps = report.gaps;
  shown.concealed = report.concealed;
  shown.driftPpm = report.driftPpm;
  const auto silence = isLive ? Micros{} : std::max(shown.delay, Micros{});
  shown.hasSignal = now - arrived_ < kNoSignal + silence;
  shown.isSounding = report.isSounding && shown.hasSignal;
  return shown;
}

} // namespace tutti::linkaudio
