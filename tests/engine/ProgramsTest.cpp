// Other programs as modules of a jam that runs.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "TemporaryFolder.hpp"

#include <algorithm>
#include <tutti/engine/PatchClerk.hpp>

#include "HandDriven.hpp"

using namespace tutti;
using engine::Jam;
using State = module::ProcessPicture::State;
using test::eventually;

namespace {

const patch::ProcessDescription kTone{.name = "Organ", .command = TUTTI_TONE_MODULE, .arguments = {"220"}};

struct Musician {
  explicit Musician(module::Approvals approvals = {})
    : approved{std::move(approvals)}
  {
    REQUIRE(jam.openDevice({}));
  }

  engine::JamSettings settings()
  {
    engine::JamSettings settings;
    settings.name = "Anna";
    settings.stateFolder = folder.path();
    settings.deviceOpener = device.opener();
    settings.letsProgramsIn = true;
    settings.programsFolder = folder.path();
    settings.programsApproved = approved;
    return settings;
  }

  std::optional<State> state(const std::string& program)
  {
    for (const auto& picture : jam.programs().programs)
      if (picture.name == program) return picture.state;
    return std::nullopt;
  }

  std::vector<jam::GuestSnapshot> guests()
  {
    device.play();
    return jam.snapshot().guests;
  }

  bool isHeard(const std::string& name)
  {
    return std::ranges::any_of(guests(),
                               [&](const auto& guest) { return guest.id.name == name && guest.isHere; });
  }

  /// The first cable from it to the master.
  void connect(const std::string& name)
  {
    jam.withDesk([&](jam::Desk& desk) {
      const auto place = [&](const std::string& wanted) {
        const auto& modules = desk.patch().modules();
        return std::ranges::find(modules, wanted, [](const auto& one) { return one.about.name; })->about.id;
      };
      REQUIRE(desk.edit("Connect", [&](patch::Patch& patch) -> Result<void> {
        const auto made = patch.connect({place(name), 0}, {place("Master"), 0});
        return made ? Result<void>{} : tl::unexpected{made.error()};
      }));
    });
  }

  module::Approvals approved;
  test::TemporaryFolder folder;
  test::HandDriven device;
  Jam jam{settings(), [] { return time::BeatGrid{{}, time::Beats::fromDouble(4), false}; }};
};

patch::Snapshot naming(Musician& musician, const patch::ProcessDescription& program)
{
  auto snapshot = musician.jam.patch();
  snapshot.processes.push_back(program);
  return snapshot;
}

} // namespace

TEST_CASE("A program that the musician adds runs, and is a module of the patch")
{
  Musician musician;
  REQUIRE(musician.jam.addProgram(kTone));
  CHECK(eventually([&] { return musician.isHeard("Tone"); }));
  CHECK(musician.state("Organ") == State::running);
  CHECK(musician.jam.patch().processes == std::vector{kTone});
  CHECK(musician.jam.programsApproved().has(kTone));
  CHECK(musician.jam.addProgram(kTone).error().kind == ErrorKind::refused); // twice
}

TEST_CASE("Taken out of the patch it ends, and its cables stay for the next time")
{
  Musician musician;
  REQUIRE(musician.jam.addProgram(kTone));
  REQUIRE(eventually([&] { return musician.isHeard("Tone"); }));
  musician.connect("Tone");
  musician.jam.removeProgram("Organ");
  CHECK(eventually([&] { return !musician.isHeard("Tone"); }));
  REQUIRE(musician.guests().size() == 1);
  CHECK_FALSE(musician.guests().front().whyMissing.empty());
  REQUIRE(musician.jam.addProgram(kTone));
  CHECK(eventually([&] { return musician.isHeard("Tone"); }));
  CHECK(musician.jam.patch().connections.back().to.port == 0);
}

TEST_CASE("What a patch names starts once it is approved, and not before")
{
  Musician musician;
  const auto snapshot = naming(musician, kTone);
  REQUIRE(musician.jam.loadPatch(snapshot));
  CHECK(eventually([&] { return musician.state("Organ") == State::notApproved; }));
  CHECK(musician.guests().empty());
  musician.jam.approvePrograms();
  CHECK(eventually([&] { return musician.isHeard("Tone"); }));

  Musician another{musician.jam.programsApproved()}; // another day
  REQUIRE(another.jam.loadPatch(snapshot));
  CHECK(eventually([&] { return another.isHeard("Tone"); }));
}

TEST_CASE("One that is approved with other arguments is another one")
{
  module::Approvals approvals;
  approvals.add(kTone);
  Musician musician{approvals};
  auto louder = kTone;
  louder.arguments = {"2000"};
  REQUIRE(musician.jam.loadPatch(naming(musician, louder)));
  CHECK(eventually([&] { return musician.state("Organ") == State::notApproved; }));
}

TEST_CASE("A ghost says what keeps its program away")
{
  std::string yaml;
  {
    Musician musician;
    REQUIRE(musician.jam.addProgram(kTone));
    REQUIRE(eventually([&] { return musician.isHeard("Tone"); }));
    musician.connect("Tone");
    yaml = musician.jam.patch().encode();
  }
  Musician stranger;
  REQUIRE(stranger.jam.loadPatch(*patch::Snapshot::parse(yaml)));
  REQUIRE(stranger.guests().size() == 1);
  const auto text = [&] {
    const auto shown = stranger.jam.programs().programs;
    return shown.empty() ? std::string{} : shown.front().text;
  };
  CHECK(eventually([&] { return !text().empty() && stranger.guests().front().whyMissing == text(); }));
  stranger.jam.approvePrograms();
  CHECK(eventually([&] { return stranger.isHeard("Tone"); }));
  CHECK(stranger.guests().size() == 1);
}

TEST_CASE("A program that is not there is told of, and one whose name cannot be kept is refused")
{
  Musician musician;
  REQUIRE(musician.jam.addProgram({.name = "Ghost", .command = "/nowhere/at/all", .arguments = {}}));
  CHECK(eventually([&] { return musician.state("Ghost") == State::missing; }));
  CHECK(musician.jam.addProgram({.name = "", .command = "/bin/true", .arguments = {}}).error().kind ==
        ErrorKind::malformed);
  CHECK(
    musician.jam.addProgram({.name = "x", .command = std::string(500, 'y'), .arguments = {}}).error().kind ==
    ErrorKind::malformed);
}
