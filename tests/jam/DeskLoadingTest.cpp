#include "Catch.hpp"

#include <algorithm>

#include <tutti/jam/Desk.hpp>
#include <tutti/jam/FromPlayer.hpp>
#include <tutti/jam/ToRoom.hpp>
#include <tutti/jam/Tone.hpp>

using namespace tutti;
using jam::Desk;
using jam::StripId;
using patch::ModuleId;
using Channel = patch::MixStrip::Channel;

namespace {

std::shared_ptr<patch::Module> tone()
{
  return std::make_shared<jam::Tone>(jam::Tone::Kind::sine, 440);
}

std::shared_ptr<patch::Module> player()
{
  return std::make_shared<jam::FromPlayer>(nullptr, 2);
}

std::shared_ptr<jam::ToRoom> door()
{
  return std::make_shared<jam::ToRoom>(std::make_shared<stream::Outlet>(audio::SampleRate{}, 2),
                                       std::make_shared<rt::Signal>());
}

const patch::PatchModule& placeOf(const Desk& desk, std::string_view name)
{
  const auto& modules = desk.patch().modules();
  const auto place =
    std::ranges::find(modules, name, [](const auto& p) { return std::string_view{p.about.name}; });
  REQUIRE(place != modules.end());
  return *place;
}

ModuleId idOf(const Desk& desk, std::string_view name)
{
  return placeOf(desk, name).about.id;
}

std::ptrdiff_t countOf(const Desk& desk, std::string_view name)
{
  return std::ranges::count(desk.patch().modules(), name,
                            [](const auto& place) { return std::string_view{place.about.name}; });
}

bool isConnected(const Desk& desk, std::string_view from, std::string_view to)
{
  return std::ranges::any_of(desk.patch().connections(), [&](const patch::Connection& connection) {
    return connection.from.module == idOf(desk, from) && connection.to.module == idOf(desk, to);
  });
}

Result<void> connect(Desk& desk, ModuleId from, ModuleId to)
{
  return desk.edit("Connect", [&](patch::Patch& patch) -> Result<void> {
    if (const auto made = patch.connect({from, 0}, {to, 0}); !made) return tl::unexpected{made.error()};
    return {};
  });
}

/// With Ana on two strips, one of them placed by hand, everything set otherwise than at the beginning.
void arrange(Desk& desk)
{
  desk.setInput({.first = 1, .isStereo = false});
  desk.sendTo(door());
  desk.add({"ana"}, "Ana", player());
  const auto added = *desk.addModule("Add", desk.showPatch().catalogue.front(), {10, 20});
  REQUIRE(connect(desk, idOf(desk, "Ana"), added));
  REQUIRE(connect(desk, added, idOf(desk, "Master")));
  desk.setMonitoring(true);
  desk.setMetronomeOn(true);
  desk.strip(StripId::own())->setGain(Channel::first, audio::Decibels::of(-3.5));
  desk.strip(StripId::master())->setPan(Channel::first, 0.25);
  desk.strip(StripId::of({"ana"}))->setMuted(Channel::first, true);
}

std::string saved(const Desk& desk)
{
  return desk.save().encode();
}

patch::Snapshot parsed(const std::string& yaml)
{
  auto snapshot = patch::Snapshot::parse(yaml);
  REQUIRE(snapshot);
  return std::move(*snapshot);
}

std::string replaced(std::string text, std::string_view what, std::string_view by)
{
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

} // namespace

TEST_CASE("A desk that is saved and loaded is saved as before, to the byte")
{
  Desk desk;
  arrange(desk);
  const auto file = saved(desk);
  SECTION("in the same room")
  {
    REQUIRE(desk.load(parsed(file)));
    CHECK(saved(desk) == file);
  }
  SECTION("another day, alone")
  {
    Desk other;
    REQUIRE(other.load(parsed(file)));
    CHECK(saved(other) == file);
  }
}

TEST_CASE("What is loaded is set as it was, and the mixer holds it")
{
  Desk desk;
  arrange(desk);
  Desk other;
  REQUIRE(other.load(parsed(saved(desk))));
  CHECK(other.isMonitoring());
  CHECK(other.isMetronomeOn());
  CHECK(other.input() == jam::InputChoice{.first = 1, .isStereo = false});
  CHECK(other.show(StripId::own()).channels[0].gain == audio::Decibels::of(-3.5));
  CHECK(other.show(StripId::master()).channels[0].pan == 0.25);
  other.strip(StripId::own())->setGain(Channel::first, audio::Decibels::of(-9));
  CHECK(saved(other).find("gain1: -9\n") != std::string::npos);
  CHECK_FALSE(other.showPatch().undoable);
}

TEST_CASE("Who is not in the room is a ghost, and takes the place when they come")
{
  Desk desk;
  arrange(desk);
  const auto file = saved(desk);
  Desk other;
  REQUIRE(other.load(parsed(file)));
  CHECK(placeOf(other, "Ana").whyMissing == "is not in the room");
  CHECK(placeOf(other, "To the room").whyMissing == "no room is joined");
  REQUIRE(other.add({"another"}, "Ana", player()));
  other.sendTo(door());
  CHECK_FALSE(placeOf(other, "Ana").isMissing());
  CHECK_FALSE(placeOf(other, "To the room").isMissing());
  CHECK(isConnected(other, "Ana", "Strip"));
  CHECK(other.show(StripId::of({"another"})).channels[0].isMuted);
  CHECK(saved(other) == file);
}

TEST_CASE("Who is in the room takes the place that they have in the file")
{
  Desk desk;
  arrange(desk);
  Desk other;
  const auto ana = player();
  REQUIRE(other.add({"x"}, "Ana", ana));
  const auto toRoom = door();
  other.sendTo(toRoom);
  REQUIRE(other.load(parsed(saved(desk))));
  CHECK(placeOf(other, "Ana").module == ana);
  CHECK(placeOf(other, "To the room").module == toRoom);
  CHECK(countOf(other, "Ana") == 1);
  CHECK(isConnected(other, "Ana", "Strip"));
  CHECK(other.show(StripId::of({"x"})).channels[0].isMuted);
}

TEST_CASE("Who is in the room and not in the file comes as one comes")
{
  Desk other;
  REQUIRE(other.add({"ben"}, "Ben", player()));
  other.sendTo(door());
  Desk desk;
  REQUIRE(other.load(parsed(saved(desk))));
  CHECK(isConnected(other, "Ben", "Ben strip"));
  CHECK(isConnected(other, "Ben strip", "Master"));
  CHECK(isConnected(other, "Own strip", "To the room"));
  other.remove({"ben"});
  CHECK(countOf(other, "Ben") == 0);
}

TEST_CASE("Two of one name have a place each")
{
  Desk desk;
  REQUIRE(desk.add({"a"}, "Ana", player()));
  REQUIRE(desk.add({"b"}, "Ana", player()));
  desk.strip(StripId::of({"b"}))->setMuted(Channel::first, true);
  const auto file = saved(desk);
  Desk other;
  REQUIRE(other.load(parsed(file)));
  CHECK(saved(other) == file);
  REQUIRE(other.add({"c"}, "Ana", player()));
  REQUIRE(other.add({"d"}, "Ana", player()));
  CHECK(countOf(other, "Ana") == 2);
  CHECK(other.show(StripId::of({"c"})).channels[0].isMuted !=
        other.show(StripId::of({"d"})).channels[0].isMuted);
}

TEST_CASE("What the desk counts on and the file does not have is as at the beginning")
{
  Desk desk;
  REQUIRE(
    desk.load(parsed("tutti-patch: 2\nmodules:\n  - id: 7\n    type: device-output\n    name: \"Ears\"\n"
                     "    inputs:\n      - {name: \"in\", channels: 2}\nconnections: []\n")));
  CHECK(countOf(desk, "Ears") == 1);
  CHECK(isConnected(desk, "Instrument", "Own strip"));
  CHECK(isConnected(desk, "Master", "Output"));
  CHECK(desk.strip(StripId::master()) != nullptr);
  const auto file = saved(desk);
  REQUIRE(desk.load(parsed(file)));
  CHECK(saved(desk) == file);
}

TEST_CASE("A cable that was taken off stays off")
{
  Desk desk;
  REQUIRE(desk.edit("Disconnect", [](patch::Patch& patch) -> Result<void> {
    const auto connections = patch.connections();
    for (const auto& connection : connections) patch.disconnect(connection.id);
    return {};
  }));
  Desk other;
  REQUIRE(other.load(desk.save()));
  CHECK(other.patch().connections().empty());
}

TEST_CASE("An instrument that is no input of the device stays, with the cables of the file")
{
  Desk desk;
  arrange(desk);
  Desk other;
  const auto played = tone();
  other.setInstrument(played);
  REQUIRE(other.load(desk.save()));
  CHECK(placeOf(other, "Instrument").module == played);
  CHECK(isConnected(other, "Instrument", "Own strip"));
}

TEST_CASE("A recording under way goes on, and is in no file")
{
  Desk desk;
  const auto ear = door(); // anything that hears
  desk.tapMaster(ear);
  CHECK(saved(desk).find("Recorder") == std::string::npos);
  REQUIRE(desk.load(desk.save()));
  CHECK(placeOf(desk, "Recorder").module == ear);
  CHECK(isConnected(desk, "Master", "Recorder"));
  desk.tapMaster(nullptr);
  CHECK(countOf(desk, "Recorder") == 0);
}

TEST_CASE("A bad file is refused with its line, and everything is as it was")
{
  Desk desk;
  arrange(desk);
  const auto file = saved(desk);
  const auto refusalOf = [&](const std::string& yaml) {
    const auto loaded = desk.load(parsed(yaml));
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().kind == ErrorKind::malformed);
    CHECK(loaded.error().detail.starts_with("line "));
    CHECK(saved(desk) == file);
    CHECK(desk.showPatch().undoable);
    return loaded.error().detail;
  };
  CHECK(refusalOf(replaced(file, "role: master", "role: own-strip"))
          .ends_with("another module is the own-strip already"));
  CHECK(refusalOf(replaced(file, "role: instrument", "role: output"))
          .ends_with("only a device-output can be the output"));
  CHECK(refusalOf(replaced(file, "gain1: -3.5", "gain1: loud")).find("gain1 'loud'") != std::string::npos);
}

TEST_CASE("A patch that leaves no room for those in the room is refused, and everything is as it was")
{
  patch::Snapshot full;
  for (std::uint32_t i = 1; i <= patch::Snapshot::kMostModules; ++i)
    full.modules.push_back(
      {.id = {i}, .type = "any", .name = "any", .inputs = {}, .outputs = {}, .parameters = {}});
  Desk desk;
  arrange(desk);
  const auto before = saved(desk);
  const auto loaded = desk.load(full);
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().kind == ErrorKind::refused);
  CHECK(saved(desk) == before);
  full.modules.resize(patch::Snapshot::kMostModules - 6); // room for the desk's own, not for what may come
  CHECK_FALSE(Desk{}.load(full));
  full.modules.resize(patch::Snapshot::kMostModules - 9);
  Desk other;
  REQUIRE(other.load(full));
  other.sendTo(door());
  other.tapMaster(door());
  other.tapInstrument(door());
  CHECK_FALSE(other.add({"ana"}, "Ana", player()));
}

TEST_CASE("A part that only a newer Tutti knows is kept")
{
  Desk desk;
  REQUIRE(desk.load(parsed("tutti-patch: 2\nmodules:\n  - id: 7\n    type: hologram\n    name: \"H\"\n"
                           "    role: \"conductor\"\nconnections: []\n")));
  CHECK(saved(desk).find("role: conductor") != std::string::npos);
  CHECK(placeOf(desk, "H").whyMissing == "this Tutti does not know such a module");
}
