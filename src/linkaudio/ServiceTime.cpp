// When the shell does what: the station's alarm, and a pulse for the sound.
#include <chrono>

#include "Service.hpp"

namespace tutti::linkaudio {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kPulse = 1ms;      // spec link-audio 9.2, while something is heard of us
constexpr auto kTending = 100ms;  // of sources
constexpr auto kRetryPeriod = 2s; // of addresses that could not be used

} // namespace

void LinkAudio::Service::arm()
{
  const auto due = station_.nextDeadline();
  if (due == armedFor_) return;
  armedFor_ = due;
  alarm_.cancel();
  if (!due) return;
  alarm_.expires_at(*due);
  alarm_.async_wait([this](const asio::error_code& error) {
    if (error) return;
    armedFor_.reset();
    const auto now = HostClock::now();
    if (!problems_.empty() && now - retriedAt_ >= kRetryPeriod) settle();
    perform(station_.advance(now));
  });
}

/// A pulse while there is something to serve: a millisecond while somebody hears us, else as sources need it.
void LinkAudio::Service::keepTime()
{
  std::optional<Micros> period;
  if (!heard_.empty())
    period = kPulse;
  else if (!sources_.empty())
    period = kTending;
  if (std::exchange(pulsePeriod_, period) == period) return;
  pulse_.cancel();
  if (period) nextPulse();
}

void LinkAudio::Service::nextPulse()
{
  pulse_.expires_after(*pulsePeriod_);
  pulse_.async_wait([this](const asio::error_code& error) {
    if (error) return;
    drainSinks();
    tendSources();
    if (pulsePeriod_) nextPulse();
  });
}

void LinkAudio::Service::drainSinks()
{
  const auto now = HostClock::now();
  for (const auto& id : heard_) {
    const auto sink = sinks_.find(id);
    if (sink == sinks_.end()) continue;
    for (const auto& buffer : sink->second->drain(now)) distribute(buffer);
  }
}

void LinkAudio::Service::tendSources()
{
  const auto now = HostClock::now();
  if (now - tendedAt_ < kTending) return;
  tendedAt_ = now;
  for (const auto& [id, source] : sources_) source->tend(now);
}

} // namespace tutti::linkaudio
