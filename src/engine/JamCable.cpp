#include <algorithm>
#include <chrono>

#include "JamImpl.hpp"

namespace tutti::engine {
namespace {

using namespace std::chrono_literals;
using State = jam::CableSnapshot::State;

constexpr auto kPatience = 6s; // the sweeps take two, and a device may be slow to begin
constexpr int kTries = 3;      // where the device dropped out

int firstOf(const std::optional<audio::ChannelPair>& pair)
{
  return pair.value_or(audio::ChannelPair{}).first;
}

} // namespace

Result<audio::CableReading> Jam::Impl::measureCable()
{
  {
    const std::lock_guard lock{mutex_};
    cableShown_.state = State::measuring;
    cableShown_.problem.clear();
  }
  changed();
  auto measured = tryCable();
  for (int tries = 1; tries < kTries && measured && measured->answer.trouble == audio::CableTrouble::unsteady;
       ++tries)
    measured = tryCable();
  auto reading = measured.and_then([this](const Measured& outcome) { return useReading(outcome); });
  {
    const std::lock_guard lock{mutex_};
    cableShown_.state = reading ? State::measured : State::failed;
    if (reading) {
      cableShown_.reading = *reading;
      ++cableShown_.count;
    } else {
      cableShown_.problem = reading.error().detail;
    }
  }
  changed();
  return reading;
}

Result<audio::CableTest::Outcome> Jam::Impl::tryCable()
{
  {
    const std::lock_guard lock{mutex_};
    if (session_)
      return failure(ErrorKind::refused, "Leave the room first: the others would hear the measurement.");
    if (!device_ || !deviceStatus_.isRunning)
      return failure(ErrorKind::refused, "There is nothing to measure before a sound device runs.");
    cable_.begin(deviceStatus_.rate);
  }
  std::unique_lock lock{overMutex_};
  const auto end = time::HostClock::now() + kPatience;
  while (!isOver_ && !cable_.isDone() && time::HostClock::now() < end) over_.wait_for(lock, 20ms);
  lock.unlock();
  if (auto outcome = cable_.end()) return std::move(*outcome);
  return failure(ErrorKind::unavailable, "The sound device did not run while it was measured. Try again.");
}

Result<audio::CableReading> Jam::Impl::useReading(const Measured& outcome)
{
  const std::lock_guard lock{mutex_};
  const auto& [reading, trouble] = outcome.answer;
  if (trouble)
    return failure(ErrorKind::unavailable,
                   sentenceOf(*trouble, firstOf(settings_.device.outputs), firstOf(settings_.device.inputs)));
  auto& trim = trimOfDevice();
  trim.surplus += reading.rate.toMicros(reading.roundTrip) - outcome.told;
  useTrim();
  return reading;
}

/// What is known of the device that is open; something new if nothing is.
audio::DeviceTrim& Jam::Impl::trimOfDevice()
{
  const auto backend = settings_.device.backend;
  for (auto& trim : settings_.trims)
    if (trim.backend == backend && trim.device == deviceStatus_.name) return trim;
  return settings_.trims.emplace_back(audio::DeviceTrim{backend, deviceStatus_.name, Micros{0}});
}

/// The halves lean on what the device tells, so they are made anew when that changes.
void Jam::Impl::useTrim()
{
  if (!device_) return;
  const auto isOfDevice = [&](const audio::DeviceTrim& trim) {
    return trim.backend == settings_.device.backend && trim.device == deviceStatus_.name;
  };
  const auto known = std::ranges::find_if(settings_.trims, isOfDevice);
  const auto surplus = known == settings_.trims.end() ? Micros{0} : known->surplus;
  if (known != settings_.trims.end()) cableShown_.trim = *known;
  const auto told = device_->status();
  const auto halves =
    audio::TrimHalves::of(surplus, told.deviceIn - trimInUse_.in, told.deviceOut - trimInUse_.out);
  if (halves == trimInUse_) return;
  trimInUse_ = halves;
  device_->setTrim(halves.in, halves.out);
}

} // namespace tutti::engine
