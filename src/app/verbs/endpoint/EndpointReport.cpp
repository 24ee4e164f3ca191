#include "EndpointReport.hpp"

#include <cmath>
#include <fmt/format.h>

#include "verbs/JsonLine.hpp"

namespace tutti::app {
namespace {

using Json = nlohmann::ordered_json;
using Kind = engine::EndpointEvent::Kind;
using Role = engine::EndpointPeerSnapshot::Role;

const char* nameOf(Kind kind)
{
  switch (kind) {
  case Kind::found:
    return "found";
  case Kind::gone:
    return "gone";
  case Kind::met:
    return "met";
  case Kind::started:
    return "started";
  case Kind::rested:
    return "rested";
  case Kind::left:
    return "left";
  case Kind::refused:
    return "refused";
  case Kind::problem:
    break;
  }
  return "problem";
}

/// What this machine adds to the way through the network.
Micros delayOf(const engine::EndpointStreamSnapshot& stream, Micros deviceOut)
{
  const auto& playout = stream.heard.playout;
  return playout.playout + playout.resampler + deviceOut;
}

Json jsonOf(const engine::EndpointStreamSnapshot& stream, Micros deviceOut)
{
  const auto& heard = stream.heard;
  const auto& playout = heard.playout;
  return {{"name", stream.name},
          {"rate", stream.format.rate},
          {"channels", stream.format.channels},
          {"type", std::string{endpoint::nameOf(stream.format.type)}},
          {"playing", playout.isPlaying},
          {"packets", heard.packets},
          {"frames", heard.bytes.frames},
          {"lost", heard.lost},
          {"late", playout.late},
          {"gaps", playout.gaps},
          {"concealed", playout.concealed},
          {"driftPpm", std::round(playout.driftPpm * 10) / 10},
          {"delayMs",
           {{"playout", roundedMillis(playout.playout)},
            {"resampler", roundedMillis(playout.resampler)},
            {"deviceOut", roundedMillis(deviceOut)},
            {"total", roundedMillis(delayOf(stream, deviceOut))}}}};
}

Json jsonOf(const engine::EndpointPeerSnapshot& peer, Micros deviceOut)
{
  Json streams = Json::array();
  for (const auto& stream : peer.heard) streams.push_back(jsonOf(stream, deviceOut));
  return {{"name", peer.name},
          {"role", peer.role == Role::server ? "server" : "client"},
          {"running", peer.isRunning},
          {"sent", peer.sent},
          {"streams", std::move(streams)}};
}

std::string textOf(const engine::EndpointPeerSnapshot& peer, Micros deviceOut)
{
  if (!peer.isRunning) return peer.name + " rests";
  auto text = peer.name;
  for (const auto& stream : peer.heard)
    text += fmt::format(", {} {:.1f} ms {} gap{}", stream.name, roundedMillis(delayOf(stream, deviceOut)),
                        stream.heard.playout.gaps, stream.heard.playout.gaps == 1 ? "" : "s");
  return text;
}

} // namespace

std::string endpointReadyJson(HostTime at, const std::string& name, const engine::EndpointSnapshot& snapshot)
{
  const auto& device = snapshot.device;
  return jsonText({{"event", "ready"},
                   {"t", microsOf(at)},
                   {"name", name},
                   {"port", snapshot.port != 0 ? Json(snapshot.port) : Json()},
                   {"device", device.name},
                   {"rate", device.rate.hertz()},
                   {"frames", device.frames}});
}

std::string endpointEventJson(const engine::EndpointEvent& event)
{
  return jsonText(
    {{"event", nameOf(event.kind)}, {"t", microsOf(event.at)}, {"name", event.name}, {"text", event.text}});
}

std::string endpointSecondJson(HostTime at, const engine::EndpointSnapshot& snapshot)
{
  Json peers = Json::array();
  for (const auto& peer : snapshot.peers) peers.push_back(jsonOf(peer, snapshot.device.deviceOut));
  return jsonText({{"t", microsOf(at)},
                   {"deviceRunning", snapshot.device.isRunning},
                   {"xruns", snapshot.device.xruns},
                   {"peers", std::move(peers)}});
}

std::string endpointReadyText(const std::string& name, const engine::EndpointSnapshot& snapshot)
{
  const auto& device = snapshot.device;
  const auto offers =
    snapshot.port != 0 ? fmt::format(", offering streams at TCP port {}", snapshot.port) : std::string{};
  return fmt::format("{} on {} at {} Hz, {} frames{}. Leave with Ctrl-C.", name, device.name,
                     device.rate.hertz(), device.frames, offers);
}

std::string endpointEventText(const engine::EndpointEvent& event)
{
  const auto name = event.name.empty() ? std::string{"Somebody"} : event.name;
  switch (event.kind) {
  case Kind::found:
    return fmt::format("{} is here, at {}", name, event.text);
  case Kind::gone:
    return fmt::format("{} is not announced any more", name);
  case Kind::met:
    return {};
  case Kind::started:
    return fmt::format("{}: streams run", name);
  case Kind::rested:
    return event.text.empty() ? fmt::format("{}: streams rest", name)
                              : fmt::format("{}: streams rest. {}", name, event.text);
  case Kind::left:
    return fmt::format("{} is not connected. {}", name, event.text);
  case Kind::refused:
    return fmt::format("{}: refused. {}", name, event.text);
  case Kind::problem:
    break;
  }
  return event.text;
}

std::string endpointSecondText(const engine::EndpointSnapshot& snapshot)
{
  if (snapshot.peers.empty()) return "Nobody is connected";
  std::string text;
  for (const auto& peer : snapshot.peers)
    text += (text.empty() ? "" : "  |  ") + textOf(peer, snapshot.device.deviceOut);
  return text;
}

} // namespace tutti::app
