#include <tutti/audio/DeviceList.hpp>

#include <algorithm>
#include <tuple>

#include <tutti/core/Log.hpp>

#include "JackMeeting.hpp"
#include "JackServers.hpp"
#include "PortAudioSession.hpp"

namespace tutti::audio {
namespace {

int hardwarePorts(const JackLibrary& jack, jack_client_t* client, unsigned long flags)
{
  const auto ports =
    jack.taken(jack.ports(client, nullptr, JACK_DEFAULT_AUDIO_TYPE, JackPortIsPhysical | flags));
  return static_cast<int>(ports.size());
}

/// What a server says of itself.
DeviceDescription descriptionOf(const JackLibrary& jack, jack_client_t* client, const std::string& name)
{
  const auto rate = SampleRate::fromHertz(static_cast<std::int32_t>(jack.sampleRate(client)));
  return {.backend = Backend::jack,
          .name = name,
          .title = name.empty() ? "JACK" : "JACK server " + name,
          .inputs = hardwarePorts(jack, client, JackPortIsOutput),
          .outputs = hardwarePorts(jack, client, JackPortIsInput),
          .rate = rate,
          .rates = {rate},
          .frames = jack.bufferSize(client),
          .isUsual = name.empty()};
}

/// Those of the named servers that a library meets.
void addServers(std::vector<DeviceDescription>& devices, const JackLibrary& jack,
                const std::vector<std::string>& names)
{
  for (const auto& name : names) {
    const auto meeting = meetJack(jack, "tutti-look", name);
    if (!meeting.hanging.empty()) {
      log::audio().warn("{}", meeting.hanging);
      return;
    }
    if (!meeting.client) continue;
    devices.push_back(descriptionOf(jack, meeting.client, name));
    jack.clientClose(meeting.client);
  }
}

/// The usual server of the first library that meets one, and the others of this user.
void addJack(std::vector<DeviceDescription>& devices)
{
  auto names = jackServerNames();
  std::erase(names, usualJackServer());
  names.insert(names.begin(), std::string{});
  for (const auto& jack : JackLibrary::all())
    if (devices.empty()) addServers(devices, jack, names);
}

auto rank(const DeviceDescription& device)
{
  const bool isFullDuplex = device.inputs > 0 && device.outputs > 0;
  return std::tuple{device.backend != Backend::jack, !isFullDuplex, !device.isUsual, device.title};
}

} // namespace

std::vector<DeviceDescription> listDevices()
{
  std::vector<DeviceDescription> devices;
  addJack(devices);
  if (const auto session = PortAudioSession::start())
    for (auto& device : session->devices()) devices.push_back(std::move(device));
  std::sort(devices.begin(), devices.end(), [](const auto& a, const auto& b) { return rank(a) < rank(b); });
  devices.push_back({.backend = Backend::paced,
                     .name = {},
                     .title = "no device, a steady clock",
                     .inputs = 2,
                     .outputs = 2,
                     .rate = {},
                     .rates = {kUsualRates.begin(), kUsualRates.end()},
                     .frames = {},
                     .isUsual = true});
  return devices;
}

} // namespace tutti::audio
