#include "SettingsText.hpp"

#include <random>

#include <Catch.hpp>

namespace tutti::engine {
namespace {

Settings everythingChanged()
{
  Settings settings;
  settings.tempo = time::Tempo::fromBpm(122.00006913357);
  settings.quantum = time::Beats::fromMicroBeats(3'500'001);
  settings.isLinkEnabled = false;
  settings.followsStartStop = false;
  settings.isBridging = true;
  settings.bridgeRights = {.mayChangeTempo = false, .mayStartAndStop = false};
  settings.colourScheme = ColourScheme::system;
  settings.window = {-1920, 40, 1234, 777, true};
  room::Fingerprint fingerprint{};
  fingerprint.fill(std::byte{0xa5});
  settings.rooms.recent = {{"2001:db8::1", 4711, "Küche \"hinten\"", room::Secret{{}}, fingerprint},
                           {"play.example.org", room::kDefaultPort, "tuesday", std::nullopt, std::nullopt}};
  settings.rooms.met = {{"192.168.1.20", 7885, "Attic", std::nullopt, fingerprint}};
  settings.knownServer = {"studio.example", 7000, fingerprint};
  settings.trims = {{audio::Backend::portAudio, "ALSA: \"USB\"", Micros{1234}},
                    {audio::Backend::jack, "JACK", Micros{-10}}};
  settings.streamServers = {"Stage", "Küche: \"2\""};
  settings.channels.isOn = settings.channels.publishesEverybody = true;
  settings.channels.offers = {{"Mix", ChannelOffer::Hears::mix, {}},
                              {"Zoë: \"2\"", ChannelOffer::Hears::player, "Zoë: \"2\""}};
  settings.channels.carried = {{"Live", "Drums: \"2\""}, {"*", "Bass"}};
  settings.channels.placed = {{"Live / Drums", linkaudio::Placement::inBeats(4)},
                              {"Move: 1 / Bass", linkaudio::Placement::live()}};
  for (int i = 0; i < 10; ++i) {
    patch::ProcessDescription program;
    program.command = "/usr/bin/tone" + std::to_string(i);
    settings.programsApproved.add(program);
  }
  settings.musician.name = "Zoë 李";
  settings.musician.instrument = "Flügelhorn";
  const patch::StripChannel soft{audio::Decibels::of(-6.25), -0.5, false, false, true};
  const patch::StripChannel silent{audio::Decibels::silence(), 1, true, false, false};
  settings.mix = {{"Zoë: \"2\"", {false, {soft, silent}}}, {"ben", {true, {soft, soft}}}};
  return settings;
}

bool isPlayable(const Settings& settings)
{
  return settings.tempo == settings.tempo.clamped() && settings.quantum >= time::Beats::fromDouble(1) &&
         settings.quantum <= time::Beats::fromDouble(64) && settings.window.width >= 160 &&
         settings.window.height >= 160 && settings.window.width <= 32767 && settings.window.height <= 32767;
}

} // namespace

TEST_CASE("Settings survive being written and read")
{
  const auto original = GENERATE(Settings{}, everythingChanged());
  const auto reading = parseSettings(encodeSettings(original));
  REQUIRE(reading);
  CHECK(reading->settings == original);
  CHECK(reading->remarks.empty());
}

TEST_CASE("Servers of streams are remembered once each, and so many as fit")
{
  std::string yaml = "streamServers:\n  - Stage\n  - Stage\n  - \"\"\n  - [a]\n";
  for (int i = 0; i < 40; ++i) yaml += "  - s" + std::to_string(i) + '\n';
  const auto reading = parseSettings(yaml);
  REQUIRE(reading);
  CHECK(reading->settings.streamServers.size() == Settings::kMostServers);
  CHECK(reading->settings.streamServers[1] == "s0");
  CHECK(reading->remarks.size() == 2);
}

TEST_CASE("Channels are published under a name once each, and so many as fit")
{
  std::string yaml = "channels:\n  on: true\n  published:\n    - name: Mix\n      hears: mix\n"
                     "    - name: Mix\n    - name: \"\"\n    - hears: nobody\n";
  for (int i = 0; i < 40; ++i) yaml += "    - name: c" + std::to_string(i) + '\n';
  const auto reading = parseSettings(yaml);
  REQUIRE(reading);
  const auto& channels = reading->settings.channels;
  CHECK(channels.isOn);
  CHECK_FALSE(channels.publishesEverybody);
  CHECK(channels.offers.size() == 32);
  CHECK(channels.offers[0] == ChannelOffer{"Mix", ChannelOffer::Hears::mix, {}});
  CHECK(channels.offers[1] == ChannelOffer{"c0", ChannelOffer::Hears::hand, {}});
}

TEST_CASE("A server's address that is none is told, and left out")
{
  const auto reading = parseSettings("server: https://studio.example\n");
  REQUIRE(reading);
  CHECK_FALSE(reading->settings.knownServer);
  REQUIRE(reading->remarks.size() == 1);
  CHECK(reading->remarks[0].find("server") == 0);
}

TEST_CASE("An empty text means defaults")
{
  const auto reading = parseSettings(GENERATE("", "# nothing yet\n", "tempo:\nwindow:\n"));
  REQUIRE(reading);
  CHECK(reading->settings == Settings{});
  CHECK(reading->remarks.empty());
}

TEST_CASE("Values out of range are clamped with a remark")
{
  const auto reading = parseSettings("tempo: 5000\nquantum: 0\nwindow: {width: 1, x: 99999999999}\n");
  REQUIRE(reading);
  CHECK(reading->settings.tempo == time::Tempo::fromBpm(999));
  CHECK(reading->settings.quantum == time::Beats::fromDouble(1));
  CHECK(reading->settings.window.width == 160);
  CHECK(reading->settings.window.x == 32767);
  REQUIRE(reading->remarks.size() == 4);
  CHECK(reading->remarks.front() == "tempo '5000' is not between 20 and 999");
}

TEST_CASE("What is no number is replaced by the default with a remark")
{
  const std::string text =
    GENERATE("fast", ".nan", "nan", ".inf", "-inf", "1e999", "0x20", "12 13", "''", "[1]");
  const auto reading = parseSettings("tempo: " + text + "\nquantum: 7\n");
  REQUIRE(reading);
  CHECK(reading->settings.tempo == Settings{}.tempo);
  CHECK(reading->settings.quantum == time::Beats::fromDouble(7));
  CHECK(reading->remarks.size() == 1);
}

TEST_CASE("What is neither yes nor no nor a known colour is replaced by the default")
{
  const auto reading =
    parseSettings("link: {enabled: perhaps, startStopSync: no}\nwindow: {colours: pink}\n");
  REQUIRE(reading);
  CHECK(reading->settings.isLinkEnabled);
  CHECK_FALSE(reading->settings.followsStartStop);
  CHECK(reading->settings.colourScheme == ColourScheme::dark);
  REQUIRE(reading->remarks.size() == 2);
  CHECK(reading->remarks.back() == "window.colours 'pink' is none of dark, light, system");
}

TEST_CASE("Unknown settings and groups that are none are named and left out")
{
  const auto reading = parseSettings("volume: 11\nlink: 3\n");
  REQUIRE(reading);
  CHECK(reading->settings == Settings{});
  CHECK(reading->remarks == std::vector<std::string>{"link is not a group of settings",
                                                     "'volume' is not known and was left out"});
}

TEST_CASE("A remark shows neither control codes nor endless text")
{
  const auto reading = parseSettings("tempo: \"\\e[31m" + std::string(5000, 'x') + "\"\n");
  REQUIRE(reading);
  REQUIRE(reading->remarks.size() == 1);
  CHECK(reading->remarks.front().size() < 80);
  CHECK(reading->remarks.front().find('\x1b') == std::string::npos);
}

TEST_CASE("What is no YAML map does not parse")
{
  const std::string text =
    GENERATE(as<std::string>{}, "tempo: [", "- 1\n- 2\n", "120", "tempo: *nobody", "\ttempo: 1", "{\"a",
             std::string(60'000, '['), std::string(60'000, '{'), std::string("\0\1\2\3", 4));
  const auto reading = parseSettings(text);
  REQUIRE_FALSE(reading);
  CHECK(reading.error().kind == ErrorKind::malformed);
  CHECK_FALSE(reading.error().detail.empty());
}

TEST_CASE("Every beginning of a settings text is read or refused, and never leaves what cannot be played")
{
  const auto text = encodeSettings(everythingChanged());
  for (std::size_t length = 0; length <= text.size(); ++length) {
    INFO("the first " << length << " bytes");
    const auto reading = parseSettings(std::string_view{text}.substr(0, length));
    if (reading) CHECK(isPlayable(reading->settings));
  }
}

TEST_CASE("A settings text with flipped bits is read or refused, and never leaves what cannot be played")
{
  constexpr unsigned kSeed = 20808;
  std::mt19937 random{kSeed};
  const auto original = encodeSettings(everythingChanged());
  for (int round = 0; round < 5000; ++round) {
    auto text = original;
    for (int flips = 1 + round % 8; flips > 0; --flips)
      text[random() % text.size()] ^= static_cast<char>(1U << random() % 8);
    INFO("seed " << kSeed << ", round " << round << ":\n" << text);
    const auto reading = parseSettings(text);
    if (reading) CHECK(isPlayable(reading->settings));
  }
}

TEST_CASE("Rooms that cannot be read are left out, the others stay")
{
  const auto reading = parseSettings("rooms:\n  recent: [tutti://a.example/one#v1.., nonsense, [1], "
                                     "'tutti://a.example/two#v1..']\n  met: 7\n");
  REQUIRE(reading);
  REQUIRE(reading->settings.rooms.recent.size() == 2);
  CHECK(reading->settings.rooms.recent[1].room == "two");
  CHECK(reading->remarks ==
        std::vector<std::string>{"rooms.recent holds 2 that cannot be read", "rooms.met is no list"});
}

TEST_CASE("A list of rooms without end is cut")
{
  std::string text = "rooms:\n  recent:\n";
  for (int i = 0; i < 500; ++i) text += "    - tutti://a.example/room" + std::to_string(i) + "#v1..\n";
  const auto reading = parseSettings(text);
  REQUIRE(reading);
  CHECK(reading->settings.rooms.recent.size() == Settings::Rooms::kMostRecent);
}

TEST_CASE("What cables told is read one device at a time, and the last word counts")
{
  const auto reading = parseSettings("cableMeasured:\n"
                                     "  - {backend: jack, device: JACK, microseconds: 700}\n"
                                     "  - {backend: jack, device: JACK, microseconds: 9e9}\n"
                                     "  - {backend: jack, microseconds: 5}\n"
                                     "  - nonsense\n");
  REQUIRE(reading);
  REQUIRE(reading->settings.trims.size() == 1);
  CHECK(reading->settings.trims[0] == audio::DeviceTrim{audio::Backend::jack, "JACK", Micros{1'000'000}});
  CHECK(reading->remarks.size() == 1);
  CHECK(parseSettings("cableMeasured: 3\n")->remarks.size() == 1);
}

TEST_CASE("A mix out of range is mended, and no stranger's names fill the file")
{
  std::string text = "mix:\n  - {name: ana, first: {gain: 99, pan: -7, muted: perhaps}, second: 3}\n"
                     "  - {first: {gain: -3}}\n  - ben\n";
  auto reading = parseSettings(text);
  REQUIRE(reading);
  REQUIRE(reading->settings.mix.size() == 1);
  const auto strip = reading->settings.mix.at("ana");
  CHECK(strip.channels[0].gain == audio::Decibels::of(24));
  CHECK(strip.channels[0].pan == -1);
  CHECK(strip.channels[1] == patch::StripChannel{});
  CHECK(reading->remarks.size() == 4);

  Settings settings;
  for (int i = 0; i < 500; ++i) settings.mix[std::to_string(i)].channels[0].isMuted = true;
  CHECK(parseSettings(encodeSettings(settings))->settings.mix.size() == Settings::kMostMixed);
}

} // namespace tutti::engine
