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

void LinkAudio::Service::wake()
{
  const auto now = HostClock::now();
  if (!problems_.empty() && now - retriedAt_ >= kRetryPeriod) settle();
  perform(station_.advance(now));
}

/// A pulse while there is something to serve: a millisecond while somebody hears us, else as sources need it.
void LinkAudio::Service::keepTime()
{
  std::optional<Micros> period;
  if (!heard_.empty())
    period = kPulse;
  else if (!sources_.empty())
    period = kTending;
  if (std::exchange(pulsePeriod_, period) != period) breathe();
}

void LinkAudio::Service::pulse()
{
  drainSinks();
  tendSources();
  breathe();
}

/// Until the next pulse.
void LinkAudio::Service::breathe()
{
  pulse_.set(pulsePeriod_ ? std::optional{HostClock::now() + *pulsePeriod_} : std::nullopt);
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
