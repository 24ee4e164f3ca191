#include "verbs/link/LinkArguments.hpp"
#include "verbs/terminal/Arguments.hpp"
#include "verbs/terminal/InterfaceFlag.hpp"

#include <CLI/CLI.hpp>

#include <Catch.hpp>

namespace tutti::app {
namespace {

using namespace std::chrono_literals;
using namespace time::literals;

/// The words after "tutti link".
LinkOptions parsed(const std::string& words)
{
  CLI::App program;
  LinkOptions options;
  addLinkVerb(program, options);
  program.parse("link " + words);
  return options;
}

std::string complaintAbout(const std::string& words)
{
  try {
    parsed(words);
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
  return "none";
}

} // namespace

TEST_CASE("Without flags a peer begins with Link on, at 120 bpm in four")
{
  const auto options = parsed("");
  CHECK(options.isEnabled);
  CHECK(options.tempo == 120_bpm);
  CHECK(options.quantum == 4_beats);
  CHECK_FALSE(options.followsStartStop);
  CHECK_FALSE(options.plays);
  CHECK_FALSE(options.duration);
  CHECK(options.interfaces.empty());
  CHECK(options.output == Output::statusLine);
}

TEST_CASE("Every flag arrives")
{
  const auto options =
    parsed("--tempo 97.25 --quantum 3 --no-enable --sync --play --duration 2.5 --interface lo "
           "--set-tempo-at 1:130 --set-tempo-at 0.5:90.5 --json");
  CHECK(options.tempo == 97.25_bpm);
  CHECK(options.quantum == 3_beats);
  CHECK_FALSE(options.isEnabled);
  CHECK(options.followsStartStop);
  CHECK(options.plays);
  CHECK(options.duration == Micros{2'500'000});
  CHECK(options.interfaces == std::vector<std::string>{"lo"});
  CHECK(options.tempoChanges == std::vector<TempoChange>{{1s, 130_bpm}, {500ms, 90.5_bpm}});
  CHECK(options.output == Output::json);
}

TEST_CASE("Link on is also a word")
{
  CHECK(parsed("--enable").isEnabled);
  CHECK(complaintAbout("--enable --no-enable") != "none");
}

TEST_CASE("A tempo or quantum out of range is explained")
{
  CHECK(complaintAbout("--tempo 1000") == "--tempo: a tempo is a number from 20 to 999, not '1000'");
  CHECK(complaintAbout("--quantum 0") == "--quantum: a quantum is a number from 1 to 64, not '0'");
  CHECK(complaintAbout("--tempo fast") == "--tempo: a tempo is a number from 20 to 999, not 'fast'");
}

TEST_CASE("Numbers that are none are refused")
{
  const std::string text =
    GENERATE("", "nan", "inf", "-inf", "1e999", "0x40", "40 ", " 40", "4,5", "--", "٤٠");
  CHECK_FALSE(parseTempo(text));
  CHECK_FALSE(parseQuantum(text));
  CHECK_FALSE(parseSeconds(text));
  CHECK_FALSE(parseTempoChange(text + ":120"));
  CHECK_FALSE(parseTempoChange("1:" + text));
}

TEST_CASE("The ends of the ranges are inside")
{
  CHECK(parseTempo("20"));
  CHECK(parseTempo("999"));
  CHECK_FALSE(parseTempo("19.999"));
  CHECK_FALSE(parseTempo("999.001"));
  CHECK(parseQuantum("1"));
  CHECK(parseQuantum("64"));
  CHECK(parseSeconds("0") == Micros{0});
  CHECK_FALSE(parseSeconds("-1"));
  CHECK_FALSE(parseSeconds("1e18"));
}

TEST_CASE("A tempo change says how it is written")
{
  const auto change = parseTempoChange("130");
  REQUIRE_FALSE(change);
  CHECK(change.error().detail == "it reads SECONDS:BPM, such as 2.5:128, not '130'");
}

TEST_CASE("Programs on this machine are met whichever interfaces are named for a bridge")
{
  CHECK(withLoopback({}).empty()); // all
  CHECK(withLoopback({"eth0"}) == std::vector<std::string>{"eth0", "lo"});
  CHECK(withLoopback({"lo", "eth0"}) == std::vector<std::string>{"lo", "eth0"});
}

TEST_CASE("An interface that does not exist is answered with those that do")
{
  const auto checked = checkInterfaces({"lo", "eth7"}, {"lo", "wlan0"});
  REQUIRE_FALSE(checked);
  CHECK(checked.error().detail == "there is no 'eth7' on this machine; there is: lo, wlan0");
  CHECK(checkInterfaces({"wlan0"}, {"lo", "wlan0"}));
  CHECK(checkInterfaces({}, {}));
  CHECK(complaintAbout("--interface no-such-interface").find("there is no 'no-such-interface'") !=
        std::string::npos);
}

} // namespace tutti::app
