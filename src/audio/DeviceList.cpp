#include <tutti/audio/DeviceList.hpp>

#include <algorithm>
#include <tuple>

#include "JackLibrary.hpp"
#include "PortAudioSession.hpp"

namespace tutti::audio {
namespace {

int hardwarePorts(const JackLibrary& jack, jack_client_t* client, unsigned long flags)
{
  const auto ports =
    jack.taken(jack.ports(client, nullptr, JACK_DEFAULT_AUDIO_TYPE, JackPortIsPhysical | flags));
  return static_cast<int>(ports.size());
}

/// The server that runs, if one does.
void addJack(std::vector<DeviceDescription>& devices)
{
  for (const auto& jack : JackLibrary::all()) {
    jack.silence();
    jack_client_t* const client = jack.clientOpen("tutti-look", JackNoStartServer, nullptr);
    if (!client) continue;
    devices.push_back({.backend = Backend::jack,
                       .name = {},
                       .title = "JACK",
                       .inputs = hardwarePorts(jack, client, JackPortIsOutput),
                       .outputs = hardwarePorts(jack, client, JackPortIsInput),
                       .rate = SampleRate::fromHertz(static_cast<std::int32_t>(jack.sampleRate(client))),
                       .isUsual = true});
    jack.clientClose(client);
    return;
  }
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
                     .isUsual = true});
  return devices;
}

} // namespace tutti::audio
