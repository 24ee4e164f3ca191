#include "verbs/bridge/BridgeArguments.hpp"

#include <CLI/CLI.hpp>

#include <Catch.hpp>

namespace tutti::app {
namespace {

using namespace std::chrono_literals;

/// The words after "tutti".
BridgeOptions parsedAll(const std::string& words)
{
  CLI::App program;
  BridgeOptions options;
  addBridgeVerb(program, options);
  program.parse(words);
  return options;
}

/// The words after an invitation.
BridgeOptions parsed(const std::string& words)
{
  return parsedAll("bridge tutti://a.example/b#v1.. " + words);
}

} // namespace

TEST_CASE("Without flags a site may change everything, on all interfaces")
{
  const auto options = parsed("");
  CHECK(options.invite == "tutti://a.example/b#v1..");
  CHECK(options.name == "Bridge");
  CHECK(options.interfaces.empty());
  CHECK(options.rights.mayChangeTempo);
  CHECK(options.rights.mayStartAndStop);
  CHECK_FALSE(options.isJson);
  CHECK_FALSE(options.duration);
  CHECK_FALSE(options.password);
}

TEST_CASE("Every flag of a bridge arrives")
{
  const auto options = parsed("--name Lisbon --password amber --interface lo --duration 2.5 --json");
  CHECK(options.name == "Lisbon");
  CHECK(options.password == "amber");
  CHECK(options.interfaces == std::vector<std::string>{"lo"});
  CHECK(options.duration == 2'500ms);
  CHECK(options.isJson);
  CHECK(parsedAll("bridge --invite-file room").inviteFile == "room");
}

TEST_CASE("B-15 what a site may change is said in words")
{
  const auto tempo = parsed("--may tempo").rights;
  CHECK(tempo.mayChangeTempo);
  CHECK_FALSE(tempo.mayStartAndStop);
  const auto startStop = parsed("--may startstop").rights;
  CHECK_FALSE(startStop.mayChangeTempo);
  CHECK(startStop.mayStartAndStop);
  const auto both = parsed("--may startstop,tempo").rights;
  CHECK(both.mayChangeTempo);
  CHECK(both.mayStartAndStop);
  const auto none = parsed("--may tempo --may follow").rights;
  CHECK_FALSE(none.mayChangeTempo);
  CHECK_FALSE(none.mayStartAndStop);
}

TEST_CASE("Other words for what a site may change are refused with those that there are")
{
  for (const std::string may : {"play", "tempo,", ",", "tempo,follow", "follow,tempo", "Tempo"}) {
    CAPTURE(may);
    const auto rights = parseRights(may);
    REQUIRE_FALSE(rights);
    CHECK(rights.error().detail.find("tempo,startstop") != std::string::npos);
    CHECK_THROWS_AS(parsed("--may " + may), CLI::ValidationError);
  }
  CHECK_FALSE(parseRights(""));
}

TEST_CASE("A bridge needs a room, and interfaces that there are")
{
  CHECK_THROWS_AS(parsedAll("bridge"), CLI::RequiredError);
  CHECK_THROWS_AS(parsed("--interface no-such-thing"), CLI::ValidationError);
}

} // namespace tutti::app
