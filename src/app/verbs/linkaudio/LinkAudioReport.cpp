#include "LinkAudioReport.hpp"

#include <cmath>
#include <fmt/format.h>

#include "verbs/JsonLine.hpp"

namespace tutti::app {
namespace {

using Json = nlohmann::ordered_json;
using Kind = engine::LinkSoundEvent::Kind;

double rounded(double value, double steps)
{
  return std::round(value * steps) / steps;
}

double bpmOf(time::Tempo tempo)
{
  return rounded(tempo.bpm(), 1e4);
}

/// Names are what others say; ids are what they are.
Json jsonOf(const linkaudio::Channel& channel)
{
  return {{"peer", channel.peerName},
          {"name", channel.name},
          {"id", channel.id.bytes.hex()},
          {"peerId", channel.peer.hex()}};
}

Json jsonOf(const std::vector<linkaudio::Channel>& channels)
{
  Json list = Json::array();
  for (const auto& channel : channels) list.push_back(jsonOf(channel));
  return list;
}

Json jsonOf(const engine::PublishedSnapshot& channel)
{
  return {{"name", channel.name},
          {"id", channel.id.bytes.hex()},
          {"heard", channel.isHeard},
          {"frames", channel.sent.frames},
          {"datagrams", channel.sent.datagrams},
          {"dropped", channel.sent.dropped}};
}

const char* stateOf(const engine::HeardSnapshot& heard)
{
  if (heard.sound.isUnplayable) return "unplayable";
  if (heard.sound.isOtherSession) return "other-session";
  if (heard.sound.isSounding) return "sounding";
  if (heard.sound.hasSignal) return "waiting";
  return heard.isListed ? "silent" : "gone";
}

Json jsonOf(const engine::HeardSnapshot& heard)
{
  const auto& sound = heard.sound;
  auto json = jsonOf(heard.channel);
  json.update(Json{{"state", stateOf(heard)},
                   {"frames", sound.frames},
                   {"lost", sound.lost},
                   {"late", sound.late},
                   {"gaps", sound.gaps},
                   {"concealed", sound.concealed},
                   {"rate", sound.channels > 0 ? sound.rate.hertz() : 0},
                   {"channels", sound.channels},
                   {"tempo", bpmOf(sound.tempo)},
                   {"begin", sound.begin.toDouble()},
                   {"lagBeats", rounded(sound.lag, 1e4)},
                   {"delayMs", roundedMillis(sound.delay)},
                   {"driftPpm", rounded(sound.driftPpm, 10)},
                   {"repeated", sound.repeated},
                   {"refused", sound.refused}});
  return json;
}

Json jsonOf(const linkaudio::SessionGrid& grid, HostTime at)
{
  return {{"session", grid.session.hex()},
          {"tempo", bpmOf(grid.timeline.tempo)},
          {"beat", grid.beatAt(at).toDouble()},
          {"zeroAt", microsOf(grid.timeAt(time::Beats{}))},
          {"microsPerBeat", grid.timeline.tempo.microsPerBeat()}};
}

/// The first address that cannot be used, if there is one.
std::string problemOf(const engine::LinkSoundSnapshot& snapshot)
{
  for (const auto& gateway : snapshot.network.gateways)
    if (!gateway.isOpen) return gateway.problem;
  return {};
}

std::string textOf(const engine::HeardSnapshot& heard)
{
  return fmt::format("{} {}: {} {:.1f} ms {} gap{}", heard.channel.peerName, heard.channel.name,
                     stateOf(heard), roundedMillis(heard.sound.delay), heard.sound.gaps,
                     heard.sound.gaps == 1 ? "" : "s");
}

} // namespace

std::string linkAudioReadyJson(HostTime at, const std::string& name,
                               const engine::LinkSoundSnapshot& snapshot)
{
  const auto& device = snapshot.device;
  return jsonText({{"event", "ready"},
                   {"t", microsOf(at)},
                   {"name", name},
                   {"device", device.name},
                   {"rate", device.rate.hertz()},
                   {"frames", device.frames}});
}

std::string linkAudioEventJson(const engine::LinkSoundEvent& event)
{
  switch (event.kind) {
  case Kind::channels:
    return jsonText({{"event", "channels"}, {"t", microsOf(event.at)}, {"channels", jsonOf(event.channels)}});
  case Kind::beats: {
    Json json{{"event", "beats"}, {"t", microsOf(event.at)}};
    json.update(jsonOf(event.grid, event.at));
    return jsonText(json);
  }
  case Kind::problem:
    break;
  }
  return jsonText({{"event", "problem"}, {"t", microsOf(event.at)}, {"text", event.text}});
}

std::string linkAudioSecondJson(HostTime at, const engine::LinkSoundSnapshot& snapshot)
{
  Json published = Json::array();
  for (const auto& channel : snapshot.published) published.push_back(jsonOf(channel));
  Json heard = Json::array();
  for (const auto& channel : snapshot.heard) heard.push_back(jsonOf(channel));
  Json recorded;
  if (snapshot.recorded)
    recorded = {{"frame", snapshot.recorded->frame}, {"t", microsOf(snapshot.recorded->audible)}};
  return jsonText({{"t", microsOf(at)},
                   {"peers", snapshot.peers},
                   {"tempo", bpmOf(snapshot.grid.timeline.tempo)},
                   {"beat", snapshot.grid.beatAt(at).toDouble()},
                   {"deviceRunning", snapshot.device.isRunning},
                   {"xruns", snapshot.device.xruns},
                   {"published", std::move(published)},
                   {"heard", std::move(heard)},
                   {"recorded", std::move(recorded)},
                   {"refused", snapshot.network.refusals.total()}});
}

std::string linkAudioReadyText(const std::string& name, const engine::LinkSoundSnapshot& snapshot)
{
  const auto& device = snapshot.device;
  return fmt::format("{} on {} at {} Hz, {} frames. Leave with Ctrl-C.", name, device.name,
                     device.rate.hertz(), device.frames);
}

std::string linkAudioEventText(const engine::LinkSoundEvent& event)
{
  if (event.kind == Kind::problem) return event.text;
  if (event.kind == Kind::beats) return {};
  if (event.channels.empty()) return "Nobody publishes a channel.";
  std::string text = "Channels:";
  for (const auto& channel : event.channels) text += fmt::format("\n  {}/{}", channel.peerName, channel.name);
  return text;
}

std::string linkAudioSecondText(const engine::LinkSoundSnapshot& snapshot)
{
  auto text = fmt::format("{} peer{}  {:.2f} bpm", snapshot.peers, snapshot.peers == 1 ? "" : "s",
                          snapshot.grid.timeline.tempo.bpm());
  for (const auto& channel : snapshot.published)
    text += fmt::format("  |  {}{}", channel.name, channel.isHeard ? " is heard" : ": nobody listens");
  for (const auto& channel : snapshot.heard) text += "  |  " + textOf(channel);
  if (const auto problem = problemOf(snapshot); !problem.empty()) text += "  |  " + problem;
  return text;
}

} // namespace tutti::app
