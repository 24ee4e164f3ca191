#include "verbs/linkaudio/LinkAudioArguments.hpp"

#include <CLI/CLI.hpp>

#include <Catch.hpp>

namespace tutti::app {
namespace {

using Kind = SoundInput::Kind;
using linkaudio::Placement;
using Wanted = linkaudio::ChannelPattern;

/// The words after "tutti linkaudio".
LinkAudioOptions parsed(const std::string& words)
{
  CLI::App program;
  LinkAudioOptions options;
  addLinkAudioVerb(program, options);
  program.parse("linkaudio " + words);
  return options;
}

} // namespace

TEST_CASE("Without a word it only says what there is")
{
  const auto options = parsed("");
  CHECK(options.published.empty());
  CHECK(options.wanted.empty());
  CHECK(options.placement == Placement::inBeats(1));
  CHECK(options.name == "Tutti");
  CHECK_FALSE(options.isJson);
}

TEST_CASE("Channels have a name, and something that sounds in them")
{
  const auto options = parsed(
    "--publish Drums --publish Tone=tone:330 --publish Click=clicks --publish Take=a=b.wav --name Ana");
  REQUIRE(options.published.size() == 4);
  CHECK(options.published[0] == PublishedChannel{"Drums", {}});
  CHECK(options.published[1] == PublishedChannel{"Tone", {Kind::tone, 330, {}}});
  CHECK(options.published[2].source.kind == Kind::clicks);
  CHECK(options.published[3] == PublishedChannel{"Take", {Kind::file, 440, "a=b.wav"}});
  CHECK(options.name == "Ana");
}

TEST_CASE("Channels are wanted by the names of peer and channel, or any")
{
  const auto options = parsed("--subscribe Ana/Drums --subscribe */Bass --subscribe Ben/* --subscribe A/b/c");
  CHECK(options.wanted == std::vector<Wanted>{{"Ana", "Drums"}, {"*", "Bass"}, {"Ben", "*"}, {"A", "b/c"}});
  CHECK_THROWS_AS(parsed("--subscribe Drums"), CLI::ParseError);
  CHECK_THROWS_AS(parsed("--subscribe /Drums"), CLI::ParseError);
  CHECK_THROWS_AS(parsed("--subscribe Ana/"), CLI::ParseError);
}

TEST_CASE("What is heard is heard as early as is safe, or whole beats later")
{
  CHECK(parsed("--subscribe */* --mode live").placement == Placement::live());
  CHECK(parsed("--subscribe */* --mode beats").placement == Placement::inBeats(1));
  CHECK(parsed("--subscribe */* --mode beats=4").placement == Placement::inBeats(4));
  for (const auto* mode : {"beats=0", "beats=17", "beats=1.5", "beats=", "bars", "beats=four"})
    CHECK_THROWS_AS(parsed(std::string{"--subscribe */* --mode "} + mode), CLI::ParseError);
}

TEST_CASE("A recording needs something to be heard")
{
  CHECK(parsed("--subscribe */* --record take.wav").record == "take.wav");
  CHECK_THROWS_AS(parsed("--record take.wav"), CLI::ParseError);
  CHECK_THROWS_AS(parsed("--mode live"), CLI::ParseError);
  CHECK_THROWS_AS(parsed("--publish A --record-tracks takes"), CLI::ParseError);
}

TEST_CASE("Names that nobody could send are refused")
{
  CHECK_THROWS_AS(parsed("--publish =clicks"), CLI::ParseError);
  CHECK_THROWS_AS(parsed("--publish " + std::string(257, 'a')), CLI::ParseError);
  CHECK_THROWS_AS(parsed("--publish A=tone:5"), CLI::ParseError);
  CHECK(parsed("--publish " + std::string(256, 'a')).published[0].name.size() == 256);
}

} // namespace tutti::app
