#include <tutti/audio/DeviceList.hpp>

#include <algorithm>
#include <tuple>

#include "JackLibrary.hpp"
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

/// What a server says of itself; nothing if it does not run.
std::optional<DeviceDescription> askServer(const JackLibrary& jack, const std::string& name)
{
  constexpr auto kNamed = static_cast<jack_options_t>(JackNoStartServer | JackServerName);
  jack_client_t* const client = name.empty() ? jack.clientOpen("tutti-look", JackNoStartServer, nullptr)
                                             : jack.clientOpen("tutti-look", kNamed, nullptr, name.c_str());
  if (!client) return std::nullopt;
  const auto rate = SampleRate::fromHertz(static_cast<std::int32_t>(jack.sampleRate(client)));
  DeviceDescription server{.backend = Backend::jack,
                           .name = name,
                           .title = name.empty() ? "JACK" : "JACK server " + name,
                           .inputs = hardwarePorts(jack, client, JackPortIsOutput),
                           .outputs = hardwarePorts(jack, client, JackPortIsInput),
                           .rate = rate,
                           .rates = {rate},
                           .frames = jack.bufferSize(client),
                           .isUsual = name.empty()};
  jack.clientClose(client);
  return server;
}

/// The usual server of the first library that meets one, and the others of this user.
void addJack(std::vector<DeviceDescription>& devices)
{
  auto names = jackServerNames();
  std::erase(names, usualJackServer());
  names.insert(names.begin(), std::string{});
  for (const auto& jack : JackLibrary::all()) {
    jack.silence();
    for (const auto& name : names)
      if (auto server = askServer(jack, name)) devices.push_back(std::move(*server));
    if (!devices.empty()) return;
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
                     .rates = {kUsualRates.begin(), kUsualRates.end()},
                     .frames = {},
                     .isUsual = true});
  return devices;
}

} // namespace tutti::audio
