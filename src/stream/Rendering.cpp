#include "Rendering.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "Splice.hpp"

namespace tutti::stream {
namespace {

constexpr double kSteering = 2000e-6;  // apart from drift
constexpr double kCalm = 60e-6;        // s; an error like this is the filters' own
constexpr double kCalmTime = 4;        // s in which it is taken back
constexpr double kCalmSmoothing = 1;   // s
constexpr double kSteeringTime = 0.25; // s in which what is beyond is taken back
constexpr double kLeapBack = 1000;     // µs; a smaller lack is steered away within half a second
constexpr double kHopFrom = 1000;      // µs too long, and quiet places are looked for
constexpr double kShortestHop = 500;   // µs
constexpr double kLost = 250e3;        // µs; no steering comes back from there
constexpr double kOwnLeap = 2000;      // µs; the device's clock or counter has leapt
constexpr double kUnsettled = 0.3; // s; so long after a break whoever counts the frames may be wrong on when
constexpr double kEarlinessMemory = 20; // s
constexpr double kMostEarliness = 5000; // µs
constexpr float kQuiet = 0.0031623F;    // -50 dBFS
constexpr int kForgetBlock = 2000;      // blocks; then a long one was an exception
constexpr double kSlide = 5000e-6;      // pace; a tenth of a semitone: what resampling may do to pitch
constexpr double kPiece = 20e3;         // µs that are left out or repeated at once
constexpr double kAlikeWithin = 6000;   // µs; to each side: together a period of a guitar's lowest string
constexpr double kAlikeNear = 500;      // µs; steering does the rest
constexpr double kTakenOver = 0.25;     // s
constexpr Micros kHopFade{5000};
constexpr Micros kBackFade{2500};
constexpr std::size_t kLongestBlock = 4096;

std::size_t longestRead(double nominal)
{
  return static_cast<std::size_t>(static_cast<double>(kLongestBlock) * nominal * 1.1) + 64;
}

double nominalRatio(Playout::Clocks clocks)
{
  return static_cast<double>(clocks.sender.hertz()) / clocks.device.hertz();
}

} // namespace

Playout::Rendering::Rendering(Crossing& crossing, Clocks clocks, std::size_t channels)
  : crossing_{crossing}
  , clocks_{clocks}
  , channels_{channels}
  , resampler_{channels, nominalRatio(clocks)}
  , shortShelf_{channels, static_cast<std::size_t>(clocks.sender.hertz())}
  , reading_{channels, clocks.sender, longestRead(nominalRatio(clocks))}
  , own_{clocks.device}
{}

void Playout::Rendering::render(std::span<const std::span<float>> output, SampleTime first, HostTime asked,
                                HostTime now) noexcept TUTTI_NONBLOCKING
{
  if (output.size() < channels_ || output.front().empty()) return;
  guidance_ = crossing_.guidance.read();
  growShelf();
  takeIn();
  followDevice(first.frames, static_cast<double>(microsOf(asked)), static_cast<double>(microsOf(now)),
               output.front().size());
  if (!guidance_.isValid || !hasShelved_) {
    for (const auto& channel : output) std::ranges::fill(channel, 0.0F);
    return;
  }
  const double due = duePlace(first.frames);
  if (!isPlaying_) begin(due);
  approach(due);
  resample(output, ratioTowards(due, output.front().size()));
  report(first.frames);
}

/// What is guided in beats comes after the space for it.
void Playout::Rendering::growShelf() noexcept TUTTI_NONBLOCKING
{
  auto* const longShelf = crossing_.longShelfToPlayFrom.load(std::memory_order_acquire);
  if (longShelf == nullptr || longShelf == shelf_) return;
  if (hasShelved_)
    longShelf->takeOver(*shelf_, static_cast<std::int64_t>(kTakenOver * clocks_.sender.hertz()));
  shelf_ = longShelf;
}

void Playout::Rendering::takeIn() noexcept TUTTI_NONBLOCKING
{
  while (const auto chunk = crossing_.chunks.tryPop()) {
    if (!hasShelved_) shelf_->moveTo(chunk->first.frames);
    hasShelved_ = true;
    const auto added = static_cast<std::int64_t>(shelf_->put(*chunk));
    const auto over = std::clamp<std::int64_t>(shelf_->place() - chunk->first.frames, 0, added);
    if (isPlaying_) rendered_.late += static_cast<std::uint64_t>(over);
  }
}

void Playout::Rendering::followDevice(std::int64_t first, double asked, double now,
                                      std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  const auto length = static_cast<std::int64_t>(frames);
  const double seconds = static_cast<double>(length) / clocks_.device.hertz();
  isBroken_ = own_.hasBegun() && first != expected_;
  sinceBreak_ = isBroken_ ? 0 : sinceBreak_ + seconds;
  if (isBroken_) rendered_.brokenAt = now;
  if (first < expected_ || first - expected_ > clocks_.device.hertz()) own_.reset();
  expected_ = first + length;
  const bool isUnsettled = sinceBreak_ < kUnsettled;
  const double handedOut = isUnsettled ? std::min(asked, now) : asked;
  if (own_.hasBegun()) {
    const double error = handedOut - own_.microsAt(static_cast<double>(first));
    if (isUnsettled || std::abs(error) > kOwnLeap) own_.shift(error);
  }
  own_.add(first, length, handedOut);
  if (holdUps_.judge(now - own_.microsAt(static_cast<double>(first)))) rendered_.heldUpAt = now;
  earliness_ -= earliness_ * std::min(1.0, seconds / kEarlinessMemory);
  earliness_ = std::clamp(own_.microsAt(static_cast<double>(first)) - now, earliness_, kMostEarliness);
  shorterBlocks_ = length < longestBlock_ ? shorterBlocks_ + 1 : 0;
  if (length > longestBlock_ || shorterBlocks_ > kForgetBlock) longestBlock_ = length;
}

double Playout::Rendering::micros(double frames) const noexcept TUTTI_NONBLOCKING
{
  return frames * guidance_.microsPerFrame;
}

double Playout::Rendering::senderFrames(double micros) const noexcept TUTTI_NONBLOCKING
{
  return micros / guidance_.microsPerFrame;
}

/// What is to be read at the beginning of a block, so that what the block's end reads has come by now.
double Playout::Rendering::duePlace(std::int64_t first) noexcept TUTTI_NONBLOCKING
{
  if (guidance_.beats > 0) return duePlaceInBeats(first);
  pace_ = 1;
  const double block = static_cast<double>(longestBlock_) * own_.microsPerFrame();
  const double usuallyArrived =
    own_.microsAt(static_cast<double>(first)) - block - earliness_ - guidance_.wait;
  return static_cast<double>(guidance_.frame) + senderFrames(usuallyArrived - guidance_.micros);
}

/// What was at the instrument so many beats before it is heard.
double Playout::Rendering::duePlaceInBeats(std::int64_t first) noexcept TUTTI_NONBLOCKING
{
  const double heard = own_.microsAt(static_cast<double>(first)) + guidance_.after;
  const auto played = crossing_.tempo.read().before(heard, guidance_.beats);
  pace_ = played.pace;
  return static_cast<double>(guidance_.capturedFrame) +
         (played.at - guidance_.capturedMicros) / guidance_.capturedPerFrame;
}

void Playout::Rendering::begin(double due) noexcept TUTTI_NONBLOCKING
{
  const auto place = static_cast<std::int64_t>(std::floor(due));
  shelf_->moveTo(place);
  place_ = static_cast<double>(place);
  leapsSeen_ = guidance_.leaps;
  isPlaying_ = true;
  playing_ = 0;
  calmRatio_ = own_.microsPerFrame() / senderPeriod();
}

void Playout::Rendering::approach(double due) noexcept TUTTI_NONBLOCKING
{
  const double error = place_ - due; // positive: we play too early
  const double tooShort = micros(error);
  const bool isAsked = guidance_.leaps != leapsSeen_;
  leapsSeen_ = guidance_.leaps;
  const auto whole = static_cast<std::int64_t>(std::floor(error));
  if (isAsked || isBroken_ || std::abs(tooShort) > kLost) return leap(-whole, kHopFade);
  if (guidance_.beats > 0) return approachInBeats(error);
  if (tooShort > kLeapBack) return leap(-whole, kBackFade);
  if (tooShort < -kHopFrom) hopForward(-error);
}

/// Exact, but for a tempo that was very different when it was captured: then pieces are left out or repeated
/// where that is heard least.
void Playout::Rendering::approachInBeats(double error) noexcept TUTTI_NONBLOCKING
{
  if (std::abs(pace_ - 1) > kSlide) return bendTowards(error);
  if (std::abs(micros(error)) > kLeapBack) splice(-error, kAlikeNear, kBackFade);
}

/// Too late by a piece: leaves it out. Too early by half a piece: once more, so that it is too late by half,
/// for each of its frames is far apart from the next one on the beats.
void Playout::Rendering::bendTowards(double error) noexcept TUTTI_NONBLOCKING
{
  const double piece = senderFrames(kPiece);
  if (error < -piece) splice(-error, kAlikeWithin, kHopFade);
  if (error > piece / 2) splice(-error - piece / 2, kAlikeWithin, kHopFade);
}

void Playout::Rendering::splice(double frames, double alikeWithin, Micros fade) noexcept TUTTI_NONBLOCKING
{
  const auto aim = shelf_->place() + static_cast<std::int64_t>(std::ceil(frames));
  const auto within = static_cast<std::int64_t>(senderFrames(alikeWithin));
  leap(smoothestPlace(reading_, *shelf_, aim, within) - shelf_->place(), fade);
}

/// Skips what nobody hears.
void Playout::Rendering::hopForward(double ahead) noexcept TUTTI_NONBLOCKING
{
  const auto fade = static_cast<std::size_t>(senderFrames(static_cast<double>(kHopFade.count())));
  const auto quiet = shelf_->quietRun(shelf_->place(), static_cast<std::size_t>(ahead) + fade, kQuiet);
  if (quiet <= fade || micros(static_cast<double>(quiet - fade)) < kShortestHop) return;
  if (reading_.isQuiet(kQuiet)) leap(static_cast<std::int64_t>(quiet - fade), kHopFade);
}

void Playout::Rendering::leap(std::int64_t frames, Micros fade) noexcept TUTTI_NONBLOCKING
{
  if (frames == 0) return;
  shelf_->moveTo(shelf_->place() + frames);
  place_ += static_cast<double>(frames);
  reading_.crossFade(fade);
  ++rendered_.leaps;
}

/// Where it matters, as the sender's own clock says; else as what has come says.
double Playout::Rendering::senderPeriod() const noexcept TUTTI_NONBLOCKING
{
  return guidance_.beats > 0 ? guidance_.capturedPerFrame : guidance_.microsPerFrame;
}

/// What is usual comes in slowly, so that the network's jitter is no vibrato; what is far off is steered at
/// once.
double Playout::Rendering::ratioTowards(double due, std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  const double lacking = -micros(place_ - due) * 1e-6; // s
  const double beyond = lacking - std::clamp(lacking, -kCalm, kCalm);
  const double calm = own_.microsPerFrame() / senderPeriod() * (1 + (lacking - beyond) / kCalmTime);
  const double block = static_cast<double>(frames) / clocks_.device.hertz();
  playing_ += block;
  const double smoothing = std::min(kCalmSmoothing, playing_ / 4);
  calmRatio_ += (calm - calmRatio_) * std::min(1.0, block / smoothing);
  const double slide = std::abs(pace_ - 1) > kSlide ? 1 : pace_;
  return calmRatio_ * slide * (1 + std::clamp(beyond / kSteeringTime, -kSteering, kSteering));
}

void Playout::Rendering::resample(std::span<const std::span<float>> output, double ratio) noexcept
  TUTTI_NONBLOCKING
{
  const auto frames = static_cast<double>(output.front().size());
  const double before = resampler_.ratio();
  reading_.read(*shelf_, resampler_.inputNeeded(output.front().size(), ratio));
  std::array<std::span<const float>, kMostChannels> input;
  for (std::size_t channel = 0; channel < channels_; ++channel) input[channel] = reading_.channel(channel);
  resampler_.process(std::span{input}.first(channels_), output, ratio);
  const double growth = (resampler_.ratio() - before) / frames;
  place_ += frames * before + growth * frames * (frames + 1) / 2; // as the resampler glides
}

void Playout::Rendering::report(std::int64_t first) noexcept TUTTI_NONBLOCKING
{
  rendered_.played += static_cast<std::uint64_t>(expected_ - first);
  rendered_.concealed = reading_.concealed();
  rendered_.gaps = reading_.gaps();
  const double usuallyArrived = guidance_.micros + micros(place_ - static_cast<double>(guidance_.frame));
  rendered_.playout = own_.microsAt(static_cast<double>(expected_)) - usuallyArrived;
  rendered_.blockAhead = static_cast<double>(longestBlock_) * own_.microsPerFrame() + earliness_;
  rendered_.ownMicrosPerFrame = own_.microsPerFrame();
  rendered_.isPlaying = true;
  crossing_.rendered.write(rendered_);
}

} // namespace tutti::stream
