#include <tutti/time/AudioClock.hpp>

#include <cmath>

namespace tutti::time {
namespace {

constexpr double kLeap = 500e3;      // µs; no block is this long: the counter or the machine leapt
constexpr std::size_t kSettled = 32; // points; a younger line learns from every block

/// In µs, and without overflow: the counters of sound servers are not to be trusted.
double between(HostTime from, HostTime to) noexcept TUTTI_NONBLOCKING
{
  return static_cast<double>(saturatingDifference(microsOf(to), microsOf(from)));
}

} // namespace

HostTime AudioClock::blockAt(SampleTime first, HostTime now) noexcept TUTTI_NONBLOCKING
{
  if (resetAsked_.exchange(false, std::memory_order_relaxed) || hasLeapt(first, now)) startAfresh();
  last_ = first;
  lastNow_ = now;
  const auto later =
    saturatingSum(latency_.load(std::memory_order_relaxed), trim_.load(std::memory_order_relaxed));
  return hostTime(saturatingSum(microsOf(atDevice(first, now)), later));
}

HostTime AudioClock::atDevice(SampleTime first, HostTime now) noexcept TUTTI_NONBLOCKING
{
  if (filter_.points() < 2) return filter_.hostTimeOf(first, now);
  const auto expected = filter_.predicted(first);
  const auto verdict = shifts_.judge(between(expected, now));
  if (verdict == ShiftDetector::Verdict::shifted) startAfresh();
  if (verdict == ShiftDetector::Verdict::stray && filter_.points() >= kSettled) return expected;
  return filter_.hostTimeOf(first, now);
}

bool AudioClock::hasLeapt(SampleTime first, HostTime now) const noexcept TUTTI_NONBLOCKING
{
  if (filter_.points() == 0) return false;
  if (first <= last_ || now < lastNow_ || between(lastNow_, now) > kLeap) return true;
  return filter_.points() >= 2 && std::abs(between(filter_.predicted(first), now)) > kLeap;
}

void AudioClock::startAfresh() noexcept TUTTI_NONBLOCKING
{
  filter_.reset();
  shifts_.startAfresh();
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
