#include "DeviceWatch.hpp"

namespace tutti::audio {
namespace {

constexpr Micros kStuck{500'000}; // the longest period of any server is below 200 ms

} // namespace

std::vector<DeviceEvent> DeviceWatch::look(const Look& now, HostTime at)
{
  std::vector<DeviceEvent> events;
  const auto tell = [&](DeviceEvent::Kind kind) { events.push_back({kind, now.rate, now.frames}); };
  const bool hasMoved = now.periods != last_.periods;
  if (hasMoved) lastPeriod_ = at;
  const bool isRunning = now.isThere && (isRunning_ ? at - lastPeriod_ < kStuck : hasMoved);

  if (isRunning_ && !isRunning) tell(DeviceEvent::Kind::lost);
  if (!isRunning_ && isRunning) tell(DeviceEvent::Kind::returned);
  if (isRunning) {
    if (now.rate != last_.rate) tell(DeviceEvent::Kind::rateChanged);
    if (now.frames != last_.frames) tell(DeviceEvent::Kind::framesChanged);
    last_ = now;
  }
  last_.periods = now.periods;
  isRunning_ = isRunning;
  return events;
}

} // namespace tutti::audio
