// Who comes and goes from outside: streams of the LAN, programs, whatever has ports.
#include "Catch.hpp"

#include <algorithm>

#include <tutti/jam/Desk.hpp>
#include <tutti/patch/DeviceModules.hpp>

using namespace tutti;
using jam::Desk;
using jam::GuestId;
using jam::StripId;
using patch::ModuleId;

namespace {

/// From somewhere else.
class Stream final : public patch::Module {
public:
  explicit Stream(std::vector<patch::Port> outputs = {{"out", 2}}, std::vector<patch::Port> inputs = {})
    : outputs_{std::move(outputs)}
    , inputs_{std::move(inputs)}
  {}
  [[nodiscard]] std::string_view type() const override { return inputs_.empty() ? "from-afar" : "to-afar"; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return inputs_; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return outputs_; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override
  {
    for (std::size_t channel = 0; channel < rendering.outs.size(); ++channel)
      for (auto& sample : rendering.output(channel)) sample = 0;
  }

private:
  std::vector<patch::Port> outputs_;
  std::vector<patch::Port> inputs_;
};

std::shared_ptr<patch::Module> source()
{
  return std::make_shared<Stream>();
}

std::shared_ptr<patch::Module> sink()
{
  return std::make_shared<Stream>(std::vector<patch::Port>{}, std::vector<patch::Port>{{"in", 2}});
}

GuestId pair()
{
  return {"from-afar", "Stage Pair"};
}

std::ptrdiff_t countOf(const Desk& desk, std::string_view name)
{
  return std::ranges::count(desk.patch().modules(), name,
                            [](const auto& place) { return std::string_view{place.about.name}; });
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

void connect(Desk& desk, patch::Socket from, patch::Socket to)
{
  REQUIRE(desk.edit("Connect", [&](patch::Patch& patch) -> Result<void> {
    const auto made = patch.connect(from, to);
    return made ? Result<void>{} : tl::unexpected{made.error()};
  }));
}

void connect(Desk& desk, std::string_view from, std::string_view to)
{
  connect(desk, {idOf(desk, from), 0}, {idOf(desk, to), 0});
}

bool isConnected(const Desk& desk, std::string_view from, std::string_view to)
{
  return std::ranges::any_of(desk.patch().connections(), [&](const patch::Connection& connection) {
    return connection.from.module == idOf(desk, from) && connection.to.module == idOf(desk, to);
  });
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

} // namespace

TEST_CASE("A guest comes without a cable, and leaves nothing behind if nobody gave it one")
{
  Desk desk;
  const auto before = saved(desk);
  const auto arrival = desk.welcome("Stage Pair", source());
  REQUIRE(arrival);
  CHECK(arrival->id == pair());
  CHECK(arrival->cablesLost == 0);
  CHECK(placeOf(desk, "Stage Pair").about.type == "from-afar");
  REQUIRE(desk.showGuests().size() == 1);
  CHECK(desk.showGuests()[0].isHere);
  desk.sayGoodbye(pair(), "no sign of life from Stage");
  CHECK(saved(desk) == before);
  CHECK(desk.showGuests().empty());
}

TEST_CASE("A guest that was wired by hand stays as a ghost with the reason, and takes its place again")
{
  Desk desk;
  REQUIRE(desk.welcome("Stage Pair", source()));
  connect(desk, "Stage Pair", "Master");
  const auto place = idOf(desk, "Stage Pair");
  desk.sayGoodbye(pair(), "no sign of life from Stage");
  CHECK(placeOf(desk, "Stage Pair").whyMissing == "no sign of life from Stage");
  CHECK(isConnected(desk, "Stage Pair", "Master"));
  REQUIRE(desk.showGuests().size() == 1);
  CHECK_FALSE(desk.showGuests()[0].isHere);
  CHECK(desk.showGuests()[0].whyMissing == "no sign of life from Stage");
  desk.sayGoodbye(pair(), "Stage was switched off");
  CHECK(desk.showGuests()[0].whyMissing == "Stage was switched off");

  SECTION("one of its kind and name")
  {
    const auto module = source();
    REQUIRE(desk.welcome("Stage Pair", module));
    CHECK(placeOf(desk, "Stage Pair").module == module);
    CHECK(idOf(desk, "Stage Pair") == place);
    CHECK(isConnected(desk, "Stage Pair", "Master"));
    CHECK(desk.showGuests().size() == 1);
  }
  SECTION("not one of another kind")
  {
    REQUIRE(desk.welcome("Stage Pair", sink()));
    CHECK(countOf(desk, "Stage Pair") == 2);
  }
  SECTION("nor a player of that name")
  {
    REQUIRE(desk.add({"a"}, "Stage Pair", source()));
    CHECK(countOf(desk, "Stage Pair") == 2);
  }
  SECTION("nor after a hand has removed it")
  {
    REQUIRE(desk.edit("Remove", [&](patch::Patch& patch) -> Result<void> {
      patch.remove(place);
      return {};
    }));
    CHECK(desk.showGuests().empty());
    REQUIRE(desk.welcome("Stage Pair", source()));
    CHECK(idOf(desk, "Stage Pair") != place);
  }
}

TEST_CASE("As long as it is here no hand removes a guest, and a colour is enough to be kept")
{
  Desk desk;
  REQUIRE(desk.welcome("Stage Pair", source()));
  const auto id = idOf(desk, "Stage Pair");
  const auto remove = [&] {
    return desk.edit("Remove", [&](patch::Patch& patch) -> Result<void> {
      patch.remove(id);
      return {};
    });
  };
  CHECK_FALSE(remove());
  REQUIRE(desk.edit("Colour", [&](patch::Patch& patch) -> Result<void> {
    patch.setLooks(id, {.position = {}, .colour = 3, .group = {}});
    return {};
  }));
  desk.sayGoodbye(pair(), "gone");
  CHECK(placeOf(desk, "Stage Pair").isMissing());
  CHECK(remove());
}

TEST_CASE("The second of one kind and name has a place of its own, each time the same")
{
  Desk desk;
  REQUIRE(desk.welcome("Stage Pair", source()));
  const auto second = desk.welcome("Stage Pair", source());
  REQUIRE(second);
  CHECK(second->id.name == "Stage Pair 2");
  CHECK(desk.welcome("Stage Pair", sink())->id.name == "Stage Pair"); // another kind
  connect(desk, "Stage Pair 2", "Master");
  const auto place = idOf(desk, "Stage Pair 2");
  desk.sayGoodbye(second->id, "gone");
  CHECK(desk.welcome("Stage Pair", source())->id == second->id);
  CHECK(idOf(desk, "Stage Pair 2") == place);

  SECTION("also after the first has left")
  {
    desk.sayGoodbye(pair(), "gone");
    CHECK(idOf(desk, "Stage Pair 2") == place);
    CHECK(desk.welcome("Stage Pair", source())->id == pair());
  }
  SECTION("also in a file")
  {
    Desk other;
    REQUIRE(other.load(parsed(saved(desk))));
    REQUIRE(other.welcome("Stage Pair", source()));
    REQUIRE(other.welcome("Stage Pair", source()));
    CHECK(isConnected(other, "Stage Pair 2", "Master"));
    CHECK(other.patch().connections().size() == desk.patch().connections().size());
  }
}

TEST_CASE("Names that strangers choose are names, and two that begin alike are two")
{
  Desk desk;
  const std::string shout = "\x1b[31m\n" + std::string(500, 'x') + "\xff";
  const auto first = desk.welcome(shout, source());
  const auto second = desk.welcome(shout, source());
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->id != second->id);
  CHECK(second->id.name.ends_with("x 2"));
  connect(desk, first->id.name, "Master");
  connect(desk, second->id.name, "Master");
  const auto file = saved(desk);
  Desk other;
  REQUIRE(other.load(parsed(file)));
  CHECK(saved(other) == file);
  CHECK(other.welcome(shout, source())->id == first->id);
  CHECK(other.welcome(shout, source())->id == second->id);
  CHECK(other.patch().modules().size() == desk.patch().modules().size());
}

TEST_CASE("Another module in a guest's place keeps the cables whose ports it has, and tells how many went")
{
  Desk desk;
  REQUIRE(desk.welcome(
    "Synth", std::make_shared<Stream>(std::vector<patch::Port>{{"left", 1}, {"right", 1}, {"click", 1}})));
  const GuestId synth{"from-afar", "Synth"};
  const auto id = idOf(desk, "Synth");
  const auto master = idOf(desk, "Master");
  connect(desk, {id, 0}, {master, 0});
  connect(desk, {id, 1}, {master, 0});
  connect(desk, {id, 2}, {master, 0});
  CHECK(desk.replace(synth, std::make_shared<Stream>(
                              std::vector<patch::Port>{{"left", 1}, {"right", 1}, {"click", 1}})) == 0);
  const auto lost =
    desk.replace(synth, std::make_shared<Stream>(std::vector<patch::Port>{{"click", 1}, {"left", 2}}));
  REQUIRE(lost);
  CHECK(*lost == 1);
  std::vector<std::size_t> ports;
  for (const auto& connection : desk.patch().connections())
    if (connection.from.module == id) ports.push_back(connection.from.port);
  CHECK(ports == std::vector<std::size_t>{1, 0}); // left, click: each where its name is now
  desk.sayGoodbye(synth, "gone");
  const auto back = desk.welcome("Synth", source());
  REQUIRE(back);
  CHECK(back->cablesLost == 2);
  CHECK_FALSE(desk.replace({"from-afar", "Nobody"}, source()));
}

TEST_CASE("A module whose ports cannot be is refused, and its place kept")
{
  Desk desk;
  const auto odd = std::make_shared<Stream>(std::vector<patch::Port>{{"a", 1}, {"a", 1}});
  CHECK_FALSE(desk.welcome("Stage Pair", odd));
  REQUIRE(desk.welcome("Stage Pair", source()));
  connect(desk, "Stage Pair", "Master");
  CHECK_FALSE(desk.replace(pair(), odd));
  desk.sayGoodbye(pair(), "gone");
  CHECK_FALSE(desk.welcome("Stage Pair", odd));
  REQUIRE(desk.welcome("Stage Pair", source()));
  CHECK(isConnected(desk, "Stage Pair", "Master"));
}

TEST_CASE("Strangers cannot fill the patch: one too many is refused, with the reason")
{
  Desk desk;
  for (std::size_t i = 0; i < jam::kMostGuests; ++i) REQUIRE(desk.welcome("Crowd", source()));
  const auto refused = desk.welcome("Crowd", source());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::refused);
  CHECK(refused.error().detail == "64 come from outside already; there is room for no more");
  desk.sayGoodbye({"from-afar", "Crowd 7"}, "gone");
  CHECK(desk.welcome("Crowd", source())->id.name == "Crowd 7");
}

TEST_CASE("A file that was made with a guest shows a ghost without it, which comes alive later")
{
  Desk desk;
  REQUIRE(desk.welcome("Stage Pair", source()));
  REQUIRE(desk.welcome("Stage Monitor", sink()));
  connect(desk, "Stage Pair", "Master");
  connect(desk, "Own strip", "Stage Monitor");
  const auto file = saved(desk);
  CHECK(file.find("role: \"guest Stage Pair\"\n") != std::string::npos);

  SECTION("elsewhere")
  {
    Desk other;
    REQUIRE(other.load(parsed(file)));
    CHECK(saved(other) == file);
    CHECK(placeOf(other, "Stage Pair").whyMissing == "is not here");
    CHECK(other.showGuests().size() == 2);
    REQUIRE(other.welcome("Stage Pair", source()));
    REQUIRE(other.welcome("Stage Monitor", sink()));
    CHECK_FALSE(placeOf(other, "Stage Pair").isMissing());
    CHECK(isConnected(other, "Own strip", "Stage Monitor"));
    CHECK(saved(other) == file);
  }
  SECTION("where it is here")
  {
    Desk other;
    const auto module = source();
    REQUIRE(other.welcome("Stage Pair", module));
    REQUIRE(other.load(parsed(file)));
    CHECK(placeOf(other, "Stage Pair").module == module);
    CHECK(countOf(other, "Stage Pair") == 1);
    CHECK(isConnected(other, "Stage Pair", "Master"));
  }
}

TEST_CASE("A guest that is here and not in the file stays, without a cable")
{
  Desk desk;
  REQUIRE(desk.welcome("Stage Pair", source()));
  connect(desk, "Stage Pair", "Master");
  REQUIRE(desk.load(Desk{}.save()));
  CHECK_FALSE(placeOf(desk, "Stage Pair").isMissing());
  CHECK_FALSE(isConnected(desk, "Stage Pair", "Master"));
  desk.sayGoodbye(pair(), "gone");
  CHECK(countOf(desk, "Stage Pair") == 0);
}

TEST_CASE("A player's ghost whose strip the file does not have comes back with a new one")
{
  Desk desk;
  REQUIRE(desk.load(parsed("tutti-patch: 2\nmodules:\n  - id: 7\n    type: from-player\n    name: \"Ana\"\n"
                           "    role: player Ana\n    outputs:\n      - {name: \"out\", channels: 2}\n"
                           "connections: []\n")));
  const auto file = saved(desk);
  CHECK(file.find("role: \"player Ana\"") != std::string::npos);
  REQUIRE(desk.add({"a"}, "Ana", source()));
  CHECK(isConnected(desk, "Ana", "Ana strip"));
  CHECK(isConnected(desk, "Ana strip", "Master"));
  CHECK(desk.strip(StripId::of({"a"})) != nullptr);
}

TEST_CASE("A cable from a strip to a guest is drawn as by a hand")
{
  Desk desk;
  REQUIRE(desk.welcome("Mix", sink()));
  const GuestId mix{"to-afar", "Mix"};
  REQUIRE(desk.lead(StripId::master(), mix, "Offer the mix"));
  CHECK(isConnected(desk, "Master", "Mix"));
  CHECK(desk.showPatch().undoable == "Offer the mix");
  desk.undo();
  CHECK_FALSE(isConnected(desk, "Master", "Mix"));
  CHECK_FALSE(desk.lead(StripId::of({"nobody"}), mix, "Offer"));
  CHECK_FALSE(desk.lead(StripId::master(), {"to-afar", "Nobody"}, "Offer"));
}

TEST_CASE("A guest leads to a strip as by a hand, and goes with its cables; undone, it is missing")
{
  Desk desk;
  const auto before = desk.save();
  CHECK(desk.lead(pair(), StripId::master(), "Listen").error().kind == ErrorKind::refused);
  REQUIRE(desk.welcome(pair().name, source()));
  CHECK(Desk::idFor(pair().kind, pair().name) == pair());
  REQUIRE(desk.lead(pair(), StripId::master(), "Listen"));
  CHECK(isConnected(desk, "Stage Pair", "Master"));
  REQUIRE(desk.dismiss(pair(), "Stop listening"));
  CHECK(desk.showGuests().empty());
  CHECK(desk.save() == before);
  desk.undo();
  REQUIRE(desk.showGuests().size() == 1);
  CHECK_FALSE(desk.showGuests()[0].isHere);
  CHECK(isConnected(desk, "Stage Pair", "Master"));
  REQUIRE(desk.welcome(pair().name, source()));
  CHECK(desk.showGuests()[0].isHere);

  desk.redo(); // it is here: its place stays
  REQUIRE(desk.showGuests().size() == 1);
  CHECK(desk.showGuests()[0].isHere);
  CHECK(desk.lead(pair(), StripId::master(), "Listen"));
  desk.sayGoodbye(pair(), "it was closed");
  CHECK_FALSE(desk.showGuests()[0].isHere);
  CHECK(isConnected(desk, "Stage Pair", "Master"));
}

TEST_CASE("An input that the device does not have is a ghost with the reason, until the device has it")
{
  Desk desk;
  desk.setDeviceInputs(4);
  desk.setInput({.first = 2, .isStereo = true});
  const auto catalogue = desk.showPatch().catalogue;
  const auto inputs = *std::ranges::find(catalogue, "Input 3–4", &patch::CatalogueEntry::name);
  const auto added = *desk.addModule("Add", inputs, {});
  connect(desk, {added, 0}, {idOf(desk, "Master"), 0});
  const auto file = saved(desk);
  CHECK_FALSE(placeOf(desk, "Instrument").isMissing());

  desk.setDeviceInputs(2);
  CHECK(placeOf(desk, "Instrument").whyMissing == "the sound device has 2 inputs");
  CHECK(placeOf(desk, "Input 3–4").isMissing());
  CHECK(isConnected(desk, "Instrument", "Own strip"));
  CHECK(saved(desk) == file);
  CHECK(desk.input() == jam::InputChoice{.first = 2, .isStereo = true});

  SECTION("and is there again")
  {
    desk.setDeviceInputs(3);
    CHECK_FALSE(placeOf(desk, "Instrument").isMissing());
    CHECK_FALSE(placeOf(desk, "Input 3–4").isMissing());
    CHECK(saved(desk) == file);
  }
  SECTION("also in what is loaded, and what is done again")
  {
    REQUIRE(desk.load(parsed(file)));
    CHECK(placeOf(desk, "Instrument").isMissing());
    CHECK(saved(desk) == file);
    REQUIRE(desk.addModule("Add", inputs, {}));
    desk.undo();
    desk.redo();
    for (const auto& place : desk.patch().modules())
      if (place.about.name == "Input 3–4") CHECK(place.isMissing());
  }
  SECTION("another one takes its place")
  {
    desk.setInput({.first = 1, .isStereo = false});
    CHECK_FALSE(placeOf(desk, "Instrument").isMissing());
    desk.setDeviceInputs(0);
    CHECK(placeOf(desk, "Instrument").whyMissing == "the sound device has no input");
  }
}
