#include "verbs/jam/JamArguments.hpp"

#include <CLI/CLI.hpp>

#include <Catch.hpp>

namespace tutti::app {
namespace {

using namespace std::chrono_literals;

/// The words after "tutti".
JamOptions parsedAll(const std::string& words)
{
  CLI::App program;
  JamOptions options;
  addJamVerb(program, options);
  program.parse(words);
  return options;
}

/// The words after an invitation.
JamOptions parsed(const std::string& words)
{
  return parsedAll("jam tutti://a.example/b#v1.. " + words);
}

} // namespace

TEST_CASE("The delay is as short as is safe, a fixed time, or beats of the session")
{
  using stream::DelayMode;
  CHECK(parsed("").mode == DelayMode{});
  CHECK(parsed("--mode live").mode == DelayMode{});
  CHECK(parsed("--mode steady").mode == DelayMode::steady(40ms));
  CHECK(parsed("--mode steady:25").mode == DelayMode::steady(25ms));
  CHECK(parsed("--mode steady:12.5").mode == DelayMode::steady(12'500us));
  CHECK(parsed("--mode steady:25 --mode live").mode == DelayMode{});
  CHECK(parsed("--mode beats:4").mode == DelayMode::inBeats(4));
  CHECK(parsed("--mode beats:16").mode == DelayMode::inBeats(16));
}

TEST_CASE("A mode that there is not, or a time that nobody plays with, is refused")
{
  for (const std::string mode : {"calm", "steady:", "steady:fast", "steady:0", "steady:5000", "steady:20ms",
                                 "beats", "beats:", "beats:0", "beats:17", "beats:2.5", "beats:-1"}) {
    CAPTURE(mode);
    CHECK_THROWS_AS(parsed("--mode " + mode), CLI::ValidationError);
  }
}

TEST_CASE("A jam needs a room, or nobody else")
{
  CHECK_THROWS_AS(parsedAll("jam"), CLI::RequiredError);
  CHECK_THROWS_AS(parsedAll("jam --name Anna --json"), CLI::RequiredError);
  CHECK(parsedAll("jam --alone").isAlone);
  CHECK(parsedAll("jam -").invite == "-");
  CHECK(parsedAll("jam --invite-file room").inviteFile == "room");
}

TEST_CASE("Only JACK has servers")
{
  CHECK(parsed("--jack-server stage").device.device == "stage");
  CHECK(parsed("--jack-server stage --device jack").device.device == "stage");
  CHECK_THROWS_AS(parsed("--jack-server stage --device portaudio"), CLI::ValidationError);
  CHECK_THROWS_AS(parsed("--device portaudio:USB --jack-server stage"), CLI::ValidationError);
  CHECK_THROWS_AS(parsed("--device paced --jack-server stage"), CLI::ValidationError);
}

TEST_CASE("Channels of the Link session come by a flag, and ours by their names")
{
  using Hears = engine::ChannelOffer::Hears;
  CHECK_FALSE(parsed("").hasLinkAudio);
  CHECK(parsed("--link-audio").hasLinkAudio);
  CHECK(parsed("").channelOffers.empty());
  const auto options = parsed("--publish-channel Free --publish-channel Room=mix "
                              "--publish-channel Bass=player:Ben");
  CHECK(options.channelOffers == std::vector<engine::ChannelOffer>{{"Free", Hears::hand, {}},
                                                                   {"Room", Hears::mix, {}},
                                                                   {"Bass", Hears::player, "Ben"}});
  for (const std::string channel : {"=mix", "Bass=", "Bass=player:", "Bass=Ben", "Bass=2"}) {
    CAPTURE(channel);
    CHECK_THROWS_AS(parsed("--publish-channel " + channel), CLI::ValidationError);
  }
}

TEST_CASE("Link programs are met on the interfaces that were named, if any")
{
  CHECK(parsed("--link").interfaces.empty());
  CHECK(parsed("--link --interface lo").interfaces == std::vector<std::string>{"lo"});
  CHECK_THROWS_AS(parsed("--link --interface no-such-thing"), CLI::ValidationError);
}

TEST_CASE("Who bridges is in the Link session, and a channel for the other sites goes over a bridge")
{
  const auto plain = parsed("");
  CHECK_FALSE(plain.isBridging);
  CHECK_FALSE(plain.isLinkEnabled);
  const auto bridging = parsed("--bridge --may tempo");
  CHECK(bridging.isBridging);
  CHECK(bridging.isLinkEnabled);
  CHECK(bridging.rights.mayChangeTempo);
  CHECK_FALSE(bridging.rights.mayStartAndStop);
  const auto carrying = parsed("--carry-channel 'Live/*' --carry-channel Live/Bass");
  CHECK(carrying.isBridging);
  CHECK(carrying.carried.size() == 2);
  CHECK_THROWS_AS(parsed("--may nothing"), CLI::ValidationError);
  CHECK_THROWS_AS(parsed("--bridge --alone"), CLI::ValidationError);
}

} // namespace tutti::app
