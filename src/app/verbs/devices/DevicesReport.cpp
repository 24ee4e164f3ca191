#include "DevicesReport.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>

#include "verbs/JsonLine.hpp"

namespace tutti::app {
namespace {

using audio::Backend;
using audio::DeviceDescription;

std::string_view nameOf(Backend backend)
{
  switch (backend) {
  case Backend::jack:
    return "jack";
  case Backend::portAudio:
    return "portaudio";
  case Backend::paced:
    break;
  }
  return "paced";
}

double millis(Micros duration)
{
  return static_cast<double>(duration.count()) / 1000;
}

std::vector<int> hertzOf(const DeviceDescription& device)
{
  std::vector<int> hertz;
  for (const auto rate : device.rates) hertz.push_back(rate.hertz());
  return hertz;
}

bool isSilent(const std::vector<DeviceDescription>& devices)
{
  return std::ranges::all_of(devices, [](const auto& device) { return device.backend == Backend::paced; });
}

constexpr auto kSilence =
  "There is no sound device: no JACK server is running, and no sound card is plugged in that this user may "
  "use (on Linux: members of the group 'audio').\n\n";

std::string line(const DeviceDescription& device, std::size_t width)
{
  auto text = fmt::format("  {:<{}}  {:>2} in {:>2} out   {} Hz", device.title, width, device.inputs,
                          device.outputs, fmt::join(hertzOf(device), " "));
  if (device.frames) text += fmt::format("   {} frames", *device.frames);
  if (device.isUsual && device.backend != Backend::paced) text += "   usual";
  return text + '\n';
}

} // namespace

std::string describe(const std::vector<DeviceDescription>& devices)
{
  std::size_t width = 0;
  for (const auto& device : devices) width = std::max(width, device.title.size());
  std::string text = isSilent(devices) ? kSilence : "";
  std::string_view group;
  for (const auto& device : devices) {
    if (nameOf(device.backend) != group) text += fmt::format("{}\n", nameOf(device.backend));
    group = nameOf(device.backend);
    text += line(device, width);
  }
  return text;
}

std::string encodeJsonLines(const std::vector<DeviceDescription>& devices)
{
  std::string lines;
  for (const auto& device : devices) {
    nlohmann::ordered_json object{
      {"backend", nameOf(device.backend)}, {"name", device.name},       {"title", device.title},
      {"inputs", device.inputs},           {"outputs", device.outputs}, {"rate", device.rate.hertz()},
      {"rates", hertzOf(device)},          {"frames", nullptr},         {"usual", device.isUsual}};
    if (device.frames) object["frames"] = *device.frames;
    lines += jsonLine(object);
  }
  return lines;
}

std::string describe(const jam::CableSnapshot& cable)
{
  const auto& [roundTrip, rate, gain, isInverted] = cable.reading;
  const auto surplus = cable.trim.surplus;
  auto text = fmt::format("{}: out and in again takes {:.2f} ms ({} frames at {} Hz), {:+.1f} dB{}.\n",
                          cable.trim.device, millis(rate.toMicros(roundTrip)), roundTrip.frames, rate.hertz(),
                          gain.value(), isInverted ? ", polarity turned" : "");
  if (surplus == Micros{0}) return text + "That is what the device says of itself.\n";
  return text +
         fmt::format("That is {:.2f} ms {} than the device says: counted from now on, half in, half out.\n",
                     millis(std::chrono::abs(surplus)), surplus > Micros{0} ? "more" : "less");
}

std::string encodeJsonLine(const jam::CableSnapshot& cable)
{
  const auto& [roundTrip, rate, gain, isInverted] = cable.reading;
  return jsonLine({{"event", "calibrated"},
                   {"backend", nameOf(cable.trim.backend)},
                   {"device", cable.trim.device},
                   {"roundTripFrames", roundTrip.frames},
                   {"rate", rate.hertz()},
                   {"roundTripMs", millis(rate.toMicros(roundTrip))},
                   {"surplusMs", millis(cable.trim.surplus)},
                   {"gainDb", std::round(gain.value() * 10) / 10},
                   {"inverted", isInverted}});
}

} // namespace tutti::app
