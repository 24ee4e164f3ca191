#include <tutti/time/AudioClock.hpp>

namespace tutti::time {
namespace {

using std::chrono::milliseconds;

constexpr Micros kStray = milliseconds{2};  // later than any sane callback jitter
constexpr int kStrayBlocks = 8;             // one late wake-up is jitter, eight in a row are a shift
constexpr Micros kLeap = milliseconds{500}; // no block is this long: the counter or the machine leapt

} // namespace

HostTime AudioClock::blockAt(SampleTime first, HostTime now) noexcept TUTTI_NONBLOCKING
{
  if (resetAsked_.exchange(false, std::memory_order_relaxed) || hasJumped(first, now)) {
    filter_.reset();
    strayBlocks_ = 0;
  }
  last_ = first;
  lastNow_ = now;
  const auto atDevice = filter_.hostTimeOf(first, now);
  return atDevice + Micros{latency_.load(std::memory_order_relaxed) + trim_.load(std::memory_order_relaxed)};
}

bool AudioClock::hasJumped(SampleTime first, HostTime now) noexcept TUTTI_NONBLOCKING
{
  if (filter_.points() == 0) return false;
  if (first <= last_ || now < lastNow_ || now - lastNow_ > kLeap) return true;
  if (filter_.points() < 2) return false;
  const auto error = now - filter_.predicted(first);
  if (error > kLeap || error < -kLeap) return true;
  strayBlocks_ = error > kStray || error < -kStray ? strayBlocks_ + 1 : 0;
  return strayBlocks_ >= kStrayBlocks;
}

void AudioClock::setOutputLatency(Micros latency) noexcept TUTTI_NONBLOCKING
{
  latency_.store(latency.count(), std::memory_order_relaxed);
}

void AudioClock::setTrim(Micros trim) noexcept TUTTI_NONBLOCKING
{
  trim_.store(trim.count(), std::memory_order_relaxed);
}

void AudioClock::reset() noexcept TUTTI_NONBLOCKING
{
  resetAsked_.store(true, std::memory_order_relaxed);
}

} // namespace tutti::time
