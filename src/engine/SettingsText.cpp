#include "SettingsText.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include <tutti/endpoint/Announcement.hpp>

#include "ChannelsText.hpp"
#include "MixText.hpp"
#include "SettingsSection.hpp"

namespace tutti::engine {
namespace {

constexpr Range kTempo{time::Tempo::kSlowestBpm, time::Tempo::kFastestBpm};
constexpr Range kQuantum{1, 64};
constexpr Range kPosition{-32768, 32767}; // X11 counts pixels in 16 bits
constexpr Range kSize{160, 32767};

constexpr Range kRate{44'100, 192'000};
constexpr Range kInput{1, 64};
constexpr Range kFrames{0, audio::DeviceWish::kMostFrames};
constexpr Range kTrim{-1e6, 1e6}; // µs
constexpr std::size_t kMostTrims = 64;

constexpr std::array<std::pair<std::string_view, audio::Backend>, 3> kBackends{
  {{"jack", audio::Backend::jack},
   {"portaudio", audio::Backend::portAudio},
   {"paced", audio::Backend::paced}}};

constexpr std::array<std::pair<std::string_view, ColourScheme>, 3> kColours{
  {{"dark", ColourScheme::dark}, {"light", ColourScheme::light}, {"system", ColourScheme::system}}};

ColourScheme coloursIn(const Section& section, ColourScheme fallback)
{
  constexpr auto kKey = "colours";
  const auto text = section.scalar(kKey);
  if (!text) return fallback;
  for (const auto& [name, scheme] : kColours)
    if (name == *text) return scheme;
  return section.doubt(kKey, *text, "is none of dark, light, system"), fallback;
}

audio::Backend backendIn(const Section& section)
{
  const auto wanted = section.text("backend");
  for (const auto& [name, backend] : kBackends)
    if (name == wanted) return backend;
  return audio::DeviceWish{}.backend;
}

std::vector<room::Invitation> invitationsIn(const Section& section, const char* key, std::size_t most)
{
  std::vector<room::Invitation> read;
  std::size_t unreadable = 0;
  for (const auto& text : section.texts(key)) {
    const auto invitation = room::Invitation::parse(text);
    if (!invitation)
      ++unreadable;
    else if (read.size() < most)
      read.push_back(*invitation);
  }
  if (unreadable > 0) section.remark(key, fmt::format("holds {} that cannot be read", unreadable));
  return read;
}

std::optional<room::ServerAddress> serverIn(const Section& section, const char* key)
{
  const auto text = section.text(key);
  if (text.empty()) return std::nullopt;
  const auto server = room::ServerAddress::parse(text);
  if (server) return *server;
  return section.doubt(key, text, "is no server's address"), std::nullopt;
}

std::vector<std::string> namesIn(const Section& section, const char* key)
{
  std::vector<std::string> names;
  for (const auto& name : section.texts(key)) {
    if (!endpoint::isName(name))
      section.doubt(key, name, "is no server's name");
    else if (names.size() < Settings::kMostServers && std::ranges::find(names, name) == names.end())
      names.push_back(name);
  }
  return names;
}

Settings::Window readWindow(const Section& section)
{
  Settings::Window window;
  window.x = section.whole("x", kPosition, window.x);
  window.y = section.whole("y", kPosition, window.y);
  window.width = section.whole("width", kSize, window.width);
  window.height = section.whole("height", kSize, window.height);
  window.isMaximized = section.yesOrNo("maximized", window.isMaximized);
  section.remarkUnknown({"x", "y", "width", "height", "maximized", "colours"});
  return window;
}

Settings::Musician readMusician(const Section& section)
{
  Settings::Musician musician;
  musician.name = section.text("name");
  musician.instrument = section.text("instrument");
  musician.device.backend = backendIn(section);
  musician.device.device = section.text("device");
  const auto frames = section.whole("frames", kFrames, 0);
  if (frames >= static_cast<int>(audio::DeviceWish::kFewestFrames))
    musician.device.frames = static_cast<std::size_t>(frames);
  if (const auto rate = section.whole("rate", kRate, 0); rate > 0)
    musician.device.rate = audio::SampleRate::fromHertz(rate);
  musician.device.inputs = audio::ChannelPair{.first = section.whole("input", kInput, 1),
                                              .isSingle = section.yesOrNo("mono", false)};
  section.remarkUnknown({"name", "instrument", "backend", "device", "frames", "rate", "input", "mono"});
  return musician;
}

Settings::Rooms readRooms(const Section& section)
{
  Settings::Rooms rooms;
  rooms.recent = invitationsIn(section, "recent", Settings::Rooms::kMostRecent);
  rooms.met = invitationsIn(section, "met", Settings::Rooms::kMostMet);
  section.remarkUnknown({"recent", "met"});
  return rooms;
}

std::vector<audio::DeviceTrim> readTrims(const std::vector<Section>& sections)
{
  std::vector<audio::DeviceTrim> trims;
  for (const auto& section : sections) {
    audio::DeviceTrim trim{backendIn(section), section.text("device"),
                           Micros{section.whole("microseconds", kTrim, 0)}};
    section.remarkUnknown({"backend", "device", "microseconds"});
    if (!trim.device.empty() && trims.size() < kMostTrims) remember(trims, trim);
  }
  return trims;
}

SettingsReading readFrom(const YAML::Node& root)
{
  SettingsReading reading;
  auto& settings = reading.settings;
  const Section top{root, "", reading.remarks};
  settings.tempo = time::Tempo::fromBpm(top.number("tempo", kTempo, settings.tempo.bpm()));
  settings.quantum = time::Beats::fromDouble(top.number("quantum", kQuantum, settings.quantum.toDouble()));
  const auto link = top.section("link");
  settings.isLinkEnabled = link.yesOrNo("enabled", settings.isLinkEnabled);
  settings.followsStartStop = link.yesOrNo("startStopSync", settings.followsStartStop);
  settings.isBridging = link.yesOrNo("bridge", settings.isBridging);
  auto& rights = settings.bridgeRights;
  rights.mayChangeTempo = link.yesOrNo("bridgeTempo", rights.mayChangeTempo);
  rights.mayStartAndStop = link.yesOrNo("bridgeStartStop", rights.mayStartAndStop);
  link.remarkUnknown({"enabled", "startStopSync", "bridge", "bridgeTempo", "bridgeStartStop"});
  const auto window = top.section("window");
  settings.window = readWindow(window);
  settings.colourScheme = coloursIn(window, settings.colourScheme);
  settings.musician = readMusician(top.section("musician"));
  settings.rooms = readRooms(top.section("rooms"));
  settings.knownServer = serverIn(top, "server");
  settings.trims = readTrims(top.sections("cableMeasured"));
  settings.streamServers = namesIn(top, "streamServers");
  settings.channels = readChannels(top.section("channels"));
  settings.programsApproved = module::Approvals::parse(top.scalar("programsApproved").value_or(""));
  settings.mix = readMix(top.sections("mix"));
  top.remarkUnknown({"tempo", "quantum", "link", "window", "musician", "rooms", "server", "cableMeasured",
                     "streamServers", "channels", "programsApproved", "mix"});
  return reading;
}

std::string_view nameOf(audio::Backend backend)
{
  for (const auto& [name, candidate] : kBackends)
    if (candidate == backend) return name;
  return kBackends.front().first;
}

std::string musicianText(const Settings::Musician& musician)
{
  if (musician.name.empty()) return {};
  const auto& device = musician.device;
  auto text =
    fmt::format("musician:\n  name: {}\n  instrument: {}\n  backend: {}\n  device: {}\n  frames: {}\n",
                scalarOf(musician.name), scalarOf(musician.instrument), nameOf(device.backend),
                scalarOf(device.device), device.frames.value_or(0));
  if (device.rate) text += fmt::format("  rate: {}\n", device.rate->hertz());
  if (device.inputs)
    text += fmt::format("  input: {}\n  mono: {}\n", device.inputs->first, device.inputs->isSingle);
  return text;
}

std::string listText(const char* key, const std::vector<room::Invitation>& rooms)
{
  if (rooms.empty()) return {};
  auto text = fmt::format("  {}:\n", key);
  for (const auto& room : rooms) text += fmt::format("    - {}\n", scalarOf(room.link()));
  return text;
}

std::string roomsText(const Settings::Rooms& rooms)
{
  const auto lists = listText("recent", rooms.recent) + listText("met", rooms.met);
  return lists.empty() ? lists : "rooms: # with their keys: show them to nobody\n" + lists;
}

std::string serverText(const std::optional<room::ServerAddress>& server)
{
  return server ? fmt::format("server: {}\n", scalarOf(server->text())) : std::string{};
}

std::string streamsText(const std::vector<std::string>& servers)
{
  std::string text = servers.empty() ? "" : "streamServers:\n";
  for (const auto& server : servers) text += fmt::format("  - {}\n", scalarOf(server));
  return text;
}

std::string approvalsText(const module::Approvals& approvals)
{
  const auto text = approvals.encode();
  return text.empty() ? text : fmt::format("programsApproved: {}\n", scalarOf(text));
}

/// How much longer sound is on its way through a device than the device tells.
std::string trimsText(const std::vector<audio::DeviceTrim>& trims)
{
  std::string text = trims.empty() ? "" : "cableMeasured:\n";
  for (const auto& trim : trims)
    text += fmt::format("  - backend: {}\n    device: {}\n    microseconds: {}\n", nameOf(trim.backend),
                        scalarOf(trim.device), trim.surplus.count());
  return text;
}

std::string_view nameOf(ColourScheme scheme)
{
  for (const auto& [name, candidate] : kColours)
    if (candidate == scheme) return name;
  return kColours.front().first;
}

} // namespace

Result<SettingsReading> parseSettings(std::string_view yaml)
{
  try {
    const auto root = YAML::Load(std::string{yaml});
    if (root.IsNull()) return SettingsReading{};
    if (!root.IsMap()) return failure(ErrorKind::malformed, "it does not hold settings");
    return readFrom(root);
  } catch (const YAML::Exception& e) {
    return failure(ErrorKind::malformed, fmt::format("line {}: {}", e.mark.line + 1, plain(e.msg, 120)));
  } catch (const std::exception& e) { // yaml-cpp lets a few of the standard library's own pass
    return failure(ErrorKind::malformed, plain(e.what(), 120));
  }
}

std::string encodeSettings(const Settings& settings)
{
  const auto& window = settings.window;
  return fmt::format("# What Tutti remembers. May be edited while Tutti is closed.\n"
                     "tempo: {}\n"
                     "quantum: {}\n"
                     "link:\n"
                     "  enabled: {}\n"
                     "  startStopSync: {}\n"
                     "  bridge: {}\n"
                     "  bridgeTempo: {}\n"
                     "  bridgeStartStop: {}\n"
                     "window:\n"
                     "  colours: {}\n"
                     "  x: {}\n"
                     "  y: {}\n"
                     "  width: {}\n"
                     "  height: {}\n"
                     "  maximized: {}\n",
                     settings.tempo.clamped().bpm(), within(kQuantum, settings.quantum.toDouble()),
                     settings.isLinkEnabled, settings.followsStartStop, settings.isBridging,
                     settings.bridgeRights.mayChangeTempo, settings.bridgeRights.mayStartAndStop,
                     nameOf(settings.colourScheme), within(kPosition, window.x), within(kPosition, window.y),
                     within(kSize, window.width), within(kSize, window.height), window.isMaximized) +
         musicianText(settings.musician) + roomsText(settings.rooms) + serverText(settings.knownServer) +
         trimsText(settings.trims) + streamsText(settings.streamServers) + channelsText(settings.channels) +
         approvalsText(settings.programsApproved) + mixText(settings.mix);
}

} // namespace tutti::engine
