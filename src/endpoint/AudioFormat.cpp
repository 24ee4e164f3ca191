#include <tutti/endpoint/AudioFormat.hpp>

#include <cmath>
#include <fmt/format.h>

namespace tutti::endpoint {
namespace {

constexpr double kLowestRate = 8000; // Hz
constexpr double kHighestRate = 192'000;
constexpr double kLowestRatio = 0.2; // what the resampler takes, audio::Resampler
constexpr double kHighestRatio = 4.5;

} // namespace

audio::SampleRate AudioFormat::nominalRate() const
{
  return audio::SampleRate::fromHertz(static_cast<std::int32_t>(std::lround(rate)));
}

Result<void> check(const AudioFormat& format)
{
  if (!(format.rate >= kLowestRate && format.rate <= kHighestRate))
    return failure(ErrorKind::unsupported, fmt::format("A stream cannot run at {:.0f} Hz; the rate must be "
                                                       "from 8000 to 192000 Hz.",
                                                       format.rate));
  if (format.channels < 1 || format.channels > kMostChannels)
    return failure(ErrorKind::unsupported,
                   fmt::format("A stream cannot have {} channels; offer 1 to {} in each, and more streams.",
                               format.channels, kMostChannels));
  if (format.buffer > format.rate)
    return failure(
      ErrorKind::unsupported,
      fmt::format("A buffer of {} frames is more than a second; set the device to a shorter one.",
                  format.buffer));
  return {};
}

Result<void> checkRates(double rate, audio::SampleRate device)
{
  for (const double ratio : {rate / device.hertz(), device.hertz() / rate})
    if (!(ratio >= kLowestRatio && ratio <= kHighestRatio))
      return failure(
        ErrorKind::unsupported,
        fmt::format("Sound at {:.0f} Hz cannot be played by a device at {} Hz, nor the other way "
                    "round; set the two to rates that are nearer to each other.",
                    rate, device.hertz()));
  return {};
}

} // namespace tutti::endpoint
