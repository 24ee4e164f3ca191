#include <tutti/patch/Snapshot.hpp>

#include <Catch.hpp>
#include <Dice.hpp>

using namespace tutti;
using namespace tutti::patch;

namespace {

const std::string kSmall = R"(# A patch of Tutti: what is there, and what is connected to what. Gains in dB.
tutti-patch: 2
session:
  tempo: 122.5
  quantum: 3.5
  room: "Basement #2"
processes:
  - name: "Grain"
    command: "/usr/local/bin/grain"
    arguments:
      - "--wet"
      - "0.5"
groups:
  - {id: 2, name: "Strings", colour: 3}
modules:
  - id: 1
    type: device-input
    name: "Guitar"
    group: 2
    colour: 5
    position: {x: -120, y: 40}
    parameters:
      first: 1
      channels: 1
    outputs:
      - {name: "out", channels: 1}
  - id: 4
    type: lv2
    name: "Jürgen's \"wah\""
    parameters:
      plugin: "http://drobilla.net/plugins/mda/Wah"
    inputs:
      - {name: "in", channels: 1}
    outputs:
      - {name: "out", channels: 1}
connections:
  - {from: 1, output: "out", to: 4, input: "in", gain: -3.5}
  - {from: 4, output: "out", to: 4, input: "in", gain: -inf}
checksum: f252706d
)";

std::string refusalOf(const std::string& yaml)
{
  const auto snapshot = Snapshot::parse(yaml);
  if (snapshot) return "";
  CHECK(snapshot.error().kind == ErrorKind::malformed);
  return snapshot.error().detail;
}

/// The small patch with one thing changed.
std::string with(const std::string& from, const std::string& to)
{
  auto yaml = kSmall;
  const auto at = yaml.find(from);
  REQUIRE(at != std::string::npos);
  return yaml.replace(at, from.size(), to);
}

std::string anyText(test::Dice& dice, std::size_t most)
{
  std::string text(static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(most))), ' ');
  for (auto& c : text) c = static_cast<char>(dice.whole(0, 255));
  return text;
}

} // namespace

TEST_CASE("A patch is read as it was meant")
{
  const auto snapshot = Snapshot::parse(kSmall);
  REQUIRE(snapshot);
  REQUIRE(snapshot->modules.size() == 2);
  const auto& wah = snapshot->modules[1];
  CHECK(wah.id == ModuleId{4});
  CHECK(wah.type == "lv2");
  CHECK(wah.name == "Jürgen's \"wah\"");
  CHECK(wah.inputs == std::vector<Port>{{"in", 1}});
  CHECK(wah.parameters.entries().front().text == "http://drobilla.net/plugins/mda/Wah");
  REQUIRE(snapshot->connections.size() == 2);
  CHECK(snapshot->connections[0].gain == audio::Decibels::of(-3.5));
  CHECK(snapshot->connections[1].gain == audio::Decibels::silence());
}

TEST_CASE("What is only seen, and what was played to, is read as well")
{
  const auto snapshot = Snapshot::parse(kSmall);
  REQUIRE(snapshot);
  CHECK(snapshot->session.tempo == time::Tempo::fromBpm(122.5));
  CHECK(snapshot->session.quantum == time::Beats::fromDouble(3.5));
  CHECK(snapshot->session.room == "Basement #2");
  REQUIRE(snapshot->processes.size() == 1);
  CHECK(snapshot->processes[0].command == "/usr/local/bin/grain");
  CHECK(snapshot->processes[0].arguments == std::vector<std::string>{"--wet", "0.5"});
  REQUIRE(snapshot->groups.size() == 1);
  CHECK(snapshot->groups[0] == GroupDescription{{2}, "Strings", 3});
  CHECK(snapshot->modules[0].looks == Looks{Position{-120, 40}, 5, {2}});
  CHECK(snapshot->modules[1].looks == Looks{});
}

TEST_CASE("What is not known is kept where it was, and told")
{
  auto yaml = with("gain: -3.5}", "gain: -3.5, bend: {up: [1, ~, \"x y\"]}}");
  yaml.replace(yaml.find("    type: lv2"), 0, "    mood: |\n      two\n      lines\n");
  yaml.replace(yaml.find("  room:"), 0, "  swing: 0.6\n");
  yaml += "author: Anna\n";
  const auto reading = Snapshot::read(yaml);
  REQUIRE(reading);
  REQUIRE(reading->remarks.size() == 5);
  CHECK(reading->remarks[0] == "line 44: 'author' is not known here; it is kept as it is");
  CHECK(reading->remarks[1] == "line 6: 'swing' is not known here; it is kept as it is");
  CHECK(reading->remarks[4].starts_with("this patch is not as Tutti saved it"));
  const auto saved = reading->snapshot.encode();
  CHECK(saved.find("gain: -3.5, bend: {up: [1, null, \"x y\"]}}\n") != std::string::npos);
  CHECK(saved.find("    mood: \"two\\u000alines\\u000a\"\n") != std::string::npos);
  CHECK(saved.find("  swing: 0.6\n") != std::string::npos);
  CHECK(saved.find("\nauthor: Anna\n") != std::string::npos);
  const auto again = Snapshot::read(saved);
  REQUIRE(again);
  CHECK(again->snapshot == reading->snapshot);
  CHECK(again->remarks.size() == 4);
  CHECK(again->snapshot.encode() == saved);
}

TEST_CASE("A patch of the first version becomes one of this version")
{
  const std::string first =
    "tutti-patch: 1\nmodules:\n  - id: 1\n    type: any\n    name: \"n\"\nconnections: []\n";
  const auto reading = Snapshot::read(first);
  REQUIRE(reading);
  REQUIRE(reading->remarks.size() == 1);
  CHECK(reading->remarks[0] ==
        "this patch is of an older Tutti (version 1); saved again, it is of version 2");
  const auto again = Snapshot::read(reading->snapshot.encode());
  REQUIRE(again);
  CHECK(again->snapshot == reading->snapshot);
  CHECK(again->remarks.empty());
}

TEST_CASE("Saved, loaded, saved: the same bytes")
{
  CHECK(Snapshot::parse(kSmall)->encode() == kSmall);
  const auto empty = Snapshot{}.encode();
  CHECK(Snapshot::parse(empty)->encode() == empty);
}

TEST_CASE("Whatever texts modules are made of, they come back")
{
  test::Dice dice{99};
  for (int round = 0; round < 300; ++round) {
    Snapshot snapshot;
    ModuleDescription module{
      .id = {1}, .type = "any", .name = "n", .inputs = {}, .outputs = {}, .parameters = {}};
    module.parameters.add("text", anyText(dice, 40));
    module.parameters.add("null", std::string{"null"});
    module.parameters.add("tilde", std::string{"~"});
    module.parameters.add("value", dice.anyReal() * 0 == 0 ? dice.anyReal() : 1.0);
    snapshot.modules.push_back(module);
    const auto yaml = snapshot.encode();
    CAPTURE(round, yaml);
    const auto again = Snapshot::parse(yaml);
    REQUIRE(again);
    CHECK(again->encode() == yaml);
    CHECK(again->modules.front().parameters.entries()[1].text == "null");
    CHECK(again->modules.front().parameters.entries()[2].text == "~");
  }
}

TEST_CASE("Escapes that the parser makes half characters of are whole ones")
{
  const auto snapshot =
    Snapshot::parse("tutti-patch: 1\nmodules:\n  - id: 1\n    type: any\n    name: \"n\"\n"
                    "    parameters:\n      text: \"a\\N\\_\\L\\u00e9b\"\n");
  REQUIRE(snapshot);
  CHECK(snapshot->modules[0].parameters.entries()[0].text == "a\xc2\x85\xc2\xa0\xe2\x80\xa8\xc3\xa9"
                                                             "b");
  const auto again = Snapshot::parse(snapshot->encode());
  REQUIRE(again);
  CHECK(*again == *snapshot);
}

TEST_CASE("A text that is not YAML is told with line and column")
{
  CHECK(refusalOf(with("modules:", "modules: [")).starts_with("line "));
  CHECK(refusalOf("tutti-patch: 1\nmodules: {a: [}").starts_with("line 2, column "));
  CHECK(refusalOf("tutti-patch: \"\\q\"").starts_with("line 1, column "));
}

TEST_CASE("What is not a patch is told so")
{
  const std::string notOne = "line 1, column 1: this is not a patch of Tutti";
  CHECK(refusalOf("") == notOne);
  CHECK(refusalOf("just words") == notOne);
  CHECK(refusalOf("tempo: 120") == notOne);
  CHECK(refusalOf("[1, 2]") == notOne);
  CHECK(refusalOf(with("tutti-patch: 2", "tutti-patch: 3")) ==
        "line 2, column 14: a newer Tutti has written this patch; please update this one");
}

TEST_CASE("A slip of the pen is told where it is, in words")
{
  CHECK(refusalOf(with("-3.5", "loud")) == "line 37, column 56: the gain 'loud' is not a number");
  CHECK(refusalOf(with("-3.5", "30")) == "line 37, column 56: the gain '30' is more than 24");
  CHECK(refusalOf(with("to: 4", "to: 5")) == "line 37, column 34: there is no module 5");
  CHECK(refusalOf(with("input: \"in\"", "input: \"inn\"")) ==
        "line 37, column 44: module 4 has no input 'inn'");
  CHECK(refusalOf(with("id: 4", "id: 1")) == "line 27, column 5: an earlier module has the same id");
  CHECK(refusalOf(with("id: 4", "id: four")) ==
        "line 27, column 9: 'four' is not a whole number from 1 to 1000000000");
  CHECK(refusalOf(with("    type: lv2\n", "")) == "line 27, column 5: the type is missing here");
  CHECK(refusalOf(with("type: lv2", "typ: lv2")) == "line 27, column 5: the type is missing here");
  CHECK(refusalOf(with("lv2", "\"../../etc\"")) ==
        "line 28, column 11: '../../etc' is not a word of letters, digits, dots and dashes");
  CHECK(refusalOf(with("Guitar", "Gui\\x07tar")) ==
        "line 18, column 11: a name has no control characters, and at most 200 bytes");
  CHECK(refusalOf(with("channels: 1}", "channels: 9}")) ==
        "line 26, column 33: '9' is not a whole number from 1 to 8");
  CHECK(refusalOf(with("channels: 1}", "channels: 1, wide: 1}")) ==
        "line 26, column 36: 'wide' is not known here; there are name, channels");
  CHECK(refusalOf(with("group: 2", "group: 3")) == "line 19, column 12: there is no group 3");
  CHECK(refusalOf(with("y: 40", "y: 4000000")) ==
        "line 21, column 28: the y '4000000' is not between -100000 and 100000");
  CHECK(refusalOf(with("y: 40", "y: 0.5")) == "line 21, column 28: the y is not a whole number");
  CHECK(refusalOf(with("122.5", "12")) == "line 4, column 10: the tempo '12' is not between 20 and 999");
  CHECK(refusalOf(with("Basement", "tutti://a.b/c")) ==
        "line 6, column 9: this is an invitation, and its secret; a patch has only the room's name");
  CHECK(refusalOf(with("first: 1", "first: [1]")) == "line 23, column 14: a single value is expected here");
  CHECK(refusalOf(with("      channels: 1\n", "      first: 1\n")) ==
        "line 24, column 7: 'first' is said a second time");
  CHECK(refusalOf(with("to: 4, input: \"in\", gain: -inf",
                       "to: 4, input: \"in\", gain: 0}\n"
                       "  - {from: 4, output: out, to: 4, input: in, gain: 0")) ==
        "line 39, column 5: these two are connected already");
}

TEST_CASE("What is not text is refused before it is parsed")
{
  const std::string notText = "there is something here that is not text (UTF-8)";
  CHECK(refusalOf(with("Guitar", "Gu\xfftar")) == "line 18, column 14: " + notText);
  CHECK(refusalOf(with("Guitar", std::string{"Gu\0tar", 6})) == "line 18, column 14: " + notText);
  CHECK(refusalOf(with("Guitar", "Gu\x04tar")) == "line 18, column 14: " + notText);
  CHECK(refusalOf("\xff\xfet\0u") == "line 1, column 1: " + notText); // UTF-16
}

TEST_CASE("What would make a small file large or deep is refused")
{
  CHECK(refusalOf("tutti-patch: 1\nmodules: [&a {id: 1}, *a]") ==
        "line 2, column 23: an alias (*) is used here; please write out what it stands for");
  CHECK(refusalOf("tutti-patch: " + std::string(200'000, '[')).starts_with("line 1, column "));
  CHECK(refusalOf("tutti-patch: 1\nmodules: [[[[[[[[[[[[[[]]]]]]]]]]]]]]") ==
        "line 2, column 17: this is nested too deeply for a patch");
  CHECK(refusalOf("tutti-patch: 1\n---\ntutti-patch: 1\n") ==
        "line 2, column 1: a second document begins here; a patch has one");
  CHECK(refusalOf(std::string(Snapshot::kMostBytes + 1, '\n')) ==
        "line 1, column 1: a patch has at most 1000000 bytes");
}

TEST_CASE("There may be as many modules and connections as there may be, and no more")
{
  Snapshot snapshot;
  const auto addModule = [&] {
    snapshot.modules.push_back({.id = {static_cast<std::uint32_t>(snapshot.modules.size() + 1)},
                                .type = "any",
                                .name = std::string(200, 'n'),
                                .inputs = {{"in", 8}},
                                .outputs = {{"out", 8}},
                                .parameters = {}});
  };
  for (std::size_t i = 0; i < Snapshot::kMostModules; ++i) addModule();
  for (std::uint32_t i = 0; i < Snapshot::kMostConnections; ++i)
    snapshot.connections.push_back({.from = {{i % 256 + 1}, 0}, .to = {{i / 256 + 1}, 0}, .gain = {}});
  CHECK(Snapshot::parse(snapshot.encode()) == snapshot);
  auto more = snapshot;
  more.connections.push_back({.from = {{1}, 0}, .to = {{9}, 0}, .gain = {}});
  CHECK(refusalOf(more.encode()).ends_with(": there are more than 1024 connections"));
  addModule();
  CHECK(refusalOf(snapshot.encode()).ends_with(": there are more than 256 modules"));
}
