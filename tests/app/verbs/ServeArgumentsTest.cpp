#include "verbs/serve/ServeArguments.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>

#include <Catch.hpp>

namespace tutti::app {
namespace {

/// The words after "tutti serve", where the environment has a password.
ServeOptions parsed(const std::string& words)
{
  CLI::App program;
  ServeOptions options;
  addServeVerb(program, options);
  ::setenv("TUTTI_PASSWORD", "amber-fiddle-canoe", 1);
  program.parse("serve " + words);
  ::unsetenv("TUTTI_PASSWORD");
  return options;
}

} // namespace

TEST_CASE("The password of a room may come from the environment, where no other user sees it")
{
  CHECK(parsed("--room Jazz").password == "amber-fiddle-canoe");
  CHECK(parsed("--room Jazz --password other-fiddle-canoe").password == "other-fiddle-canoe");
}

TEST_CASE("A password that was set for other rooms does not stand in the way")
{
  CHECK(parsed("").password.empty());
  CHECK(parsed("--room Jazz --open").password.empty());
  CHECK(parsed("--room Jazz --invite-file invite").password.empty());
}

TEST_CASE("At home the router is asked, and somebody may be named who tries")
{
  CHECK_FALSE(parsed("").isAtHome);
  CHECK(parsed("--at-home").isAtHome);
  const auto tested = parsed("--at-home --tested-by studio.example:7000");
  REQUIRE(tested.testedBy);
  CHECK(tested.testedBy->text() == "studio.example:7000");
  CHECK_THROWS_AS(parsed("--tested-by studio.example"), CLI::ParseError);
  CHECK_THROWS_AS(parsed("--at-home --tested-by https://studio.example"), CLI::ParseError);
}

} // namespace tutti::app
