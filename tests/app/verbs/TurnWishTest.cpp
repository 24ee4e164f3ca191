#include "verbs/serve/TurnWish.hpp"

#include <CLI/CLI.hpp>
#include <TemporaryFolder.hpp>
#include <cstdio>
#include <cstdlib>
#include <variant>

#include <Catch.hpp>

#include "verbs/serve/ServeArguments.hpp"

namespace tutti::app {
namespace {

using serve::TurnOptions;

/// The words after "tutti serve"; nothing where they are wrong.
std::optional<ServeOptions> parsed(const std::string& words)
{
  CLI::App program;
  ServeOptions options;
  addServeVerb(program, options);
  try {
    program.parse("serve " + words);
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  return options;
}

TurnOptions optionsOf(const std::string& words)
{
  const auto serve = parsed(words);
  REQUIRE(serve);
  const auto options = serve->turn.options();
  REQUIRE(options);
  REQUIRE(*options);
  return **options;
}

/// A variable of the environment, as long as it lives.
struct Environment {
  Environment(const char* variable, const char* value)
    : name{variable}
  {
    ::setenv(name, value, 1);
  }
  ~Environment() { ::unsetenv(name); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  const char* name;
};

} // namespace

TEST_CASE("TURN servers are named shortly or whole, as many as one likes")
{
  const auto options =
    optionsOf("--turn-secret s --turn-server a --turn-server turns:b:443 --turn-server turn:c?transport=tcp");
  REQUIRE(options.servers.size() == 3);
  CHECK(options.servers[0].text() == "turn:a:3478?transport=udp");
  CHECK(options.servers[1].text() == "turns:b:443?transport=tcp");
  CHECK(options.servers[2].text() == "turn:c:3478?transport=tcp");
}

TEST_CASE("Secrets come from the environment or from a file, where no other user sees them")
{
  const Environment secret{"TUTTI_TURN_SECRET", "from-outside"};
  const Environment password{"TUTTI_TURN_PASSWORD", "amber"};
  const Environment token{"TUTTI_TURN_TOKEN", "t0ken"};
  CHECK(std::get<TurnOptions::SharedSecret>(optionsOf("--turn-server a").credentials).secret ==
        "from-outside");
  const auto user =
    std::get<TurnOptions::StaticUser>(optionsOf("--turn-server a --turn-user band").credentials);
  CHECK(user.name == "band");
  CHECK(user.password == "amber");
  const auto provider =
    std::get<TurnOptions::Provider>(optionsOf("--turn-provider-url https://a/b").credentials);
  CHECK(provider.url == "https://a/b");
  CHECK(provider.token == "t0ken");
  const test::TemporaryFolder folder;
  const auto file = (folder / "secret").string();
  std::FILE* out = std::fopen(file.c_str(), "w");
  REQUIRE(out != nullptr);
  std::fputs("from-file\n", out);
  std::fclose(out);
  CHECK(
    std::get<TurnOptions::SharedSecret>(optionsOf("--turn-server a --turn-secret-file " + file).credentials)
      .secret == "from-file");
}

TEST_CASE("Without a TURN server there is none, also where a secret lies about")
{
  const Environment secret{"TUTTI_TURN_SECRET", "from-outside"};
  const auto serve = parsed("");
  REQUIRE(serve);
  CHECK_FALSE(*serve->turn.options());
}

TEST_CASE("Flags that do not fit together are refused")
{
  for (const std::string words :
       {"--turn-secret s", "--turn-user band", "--turn-server a --turn-secret s --turn-user band",
        "--turn-server a --turn-provider-url https://a", "--turn-provider-url http://a",
        "--turn-server stun:a", "--turn-server a --turn-secret s --turn-secret-file f", "--turn-token-file f",
        "--turn-server a --turn-password-file f"}) {
    INFO(words);
    CHECK_FALSE(parsed(words));
  }
}

TEST_CASE("A secret that is missing is asked for by its name")
{
  for (const auto& [words, variable] :
       {std::pair<std::string, std::string>{"--turn-server a", "TUTTI_TURN_SECRET"},
        {"--turn-server a --turn-user band", "TUTTI_TURN_PASSWORD"},
        {"--turn-provider-url https://a", "TUTTI_TURN_TOKEN"}}) {
    const auto serve = parsed(words);
    REQUIRE(serve);
    const auto options = serve->turn.options();
    REQUIRE_FALSE(options);
    CHECK(options.error().detail.find(variable) != std::string::npos);
  }
  const auto options = parsed("--turn-server a --turn-secret-file /nowhere/secret")->turn.options();
  REQUIRE_FALSE(options);
  CHECK(options.error().detail.find("/nowhere/secret") != std::string::npos);
}

TEST_CASE("The older session API takes a login, whose password is no argument")
{
  CHECK_FALSE(parsed("--session-user band"));
  const Environment password{"TUTTI_SESSION_PASSWORD", "amber"};
  CHECK(parsed("--session-user band")->sessionPassword == "amber");
  CHECK_FALSE(parsed("--session-user b:and"));
  CHECK(parsed("")->sessionPassword.empty());
}

} // namespace tutti::app
