// The patch of a jam that runs, as files and other programs see it.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "TemporaryFolder.hpp"
#include "Venue.hpp"

#include <tutti/core/SafeFile.hpp>
#include <tutti/engine/PatchClerk.hpp>
#include <tutti/engine/PatchFile.hpp>

#include "HandDriven.hpp"

using namespace tutti;
using engine::Jam;
using engine::PatchAnswer;
using engine::PatchClerk;
using What = engine::PatchRequest::What;
using test::alone;
using test::Venue;

namespace {

constexpr const char* kPassword = "amber-fiddle-canoe-lemon-tide";

/// In no room yet.
struct Musician {
  engine::JamSettings settings()
  {
    engine::JamSettings settings;
    settings.name = "Anna";
    settings.stateFolder = folder.path();
    settings.deviceOpener = device.opener();
    return settings;
  }

  test::TemporaryFolder folder;
  test::HandDriven device;
  Jam jam{settings(), [] { return time::BeatGrid{{}, time::Beats::fromDouble(3), false}; }};
  std::optional<patch::SessionDescription> played;
  PatchClerk clerk{jam, "jam", [this](const auto& session) { played = session; }};
};

PatchAnswer saved(const Musician& musician)
{
  return musician.clerk({.what = What::save});
}

PatchAnswer loaded(const Musician& musician, const std::string& yaml, bool takesTempo = false)
{
  return musician.clerk({.what = What::load, .yaml = yaml, .takesTempo = takesTempo});
}

std::string replaced(std::string text, std::string_view what, std::string_view by)
{
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

} // namespace

TEST_CASE("Who asks is told who plays, and what; loaded it is the same to the byte")
{
  Musician musician;
  const auto who = musician.clerk({});
  CHECK(who.face == "jam");
  CHECK(who.musician == "Anna");
  CHECK(who.yaml.empty());
  const auto before = saved(musician).yaml;
  CHECK(before.find("quantum: 3\n") != std::string::npos);
  const auto after = loaded(musician, before);
  CHECK(after.problem.empty());
  CHECK(after.remarks.empty());
  CHECK(after.yaml == before);
}

TEST_CASE("A bad file changes nothing, and the answer says its line")
{
  Musician musician;
  const auto before = saved(musician).yaml;
  const auto answer = loaded(musician, replaced(before, "type: mix-strip", "type: [mix]"));
  CHECK(answer.problem.starts_with("line "));
  CHECK(answer.yaml.empty());
  CHECK(loaded(musician, "").problem.starts_with("line "));
  CHECK(loaded(musician, replaced(before, "role: master", "role: output")).problem.starts_with("line "));
  CHECK(saved(musician).yaml == before);
}

TEST_CASE("What a file says that is not known is kept, and told")
{
  Musician musician;
  const auto answer =
    loaded(musician, replaced(saved(musician).yaml, "connections:", "mood: blue\nconnections:"));
  CHECK(answer.problem.empty());
  CHECK(answer.remarks.size() == 2); // and that it is not as Tutti saved it
  CHECK(saved(musician).yaml.find("\nmood: blue\n") != std::string::npos);
}

TEST_CASE("A patch of a stranger starts nothing, and it is said")
{
  Musician musician;
  const auto trace = musician.folder / "started";
  const auto yaml =
    replaced(saved(musician).yaml, "modules:",
             "processes:\n  - name: \"p\"\n    command: \"/usr/bin/touch\"\n    arguments:\n      - \"" +
               trace.string() + "\"\nmodules:");
  const auto answer = loaded(musician, yaml);
  CHECK(answer.problem.empty());
  CHECK(answer.remarks.back() == "this patch names 1 program that you have not approved; none was started");
  CHECK(saved(musician).yaml.find("/usr/bin/touch") != std::string::npos); // kept
  CHECK_FALSE(std::filesystem::exists(trace));
}

TEST_CASE("Tempo and quantum are taken only where that is wanted")
{
  Musician musician;
  const auto yaml = replaced(saved(musician).yaml, "quantum: 3", "quantum: 7");
  CHECK(loaded(musician, yaml).problem.empty());
  CHECK_FALSE(musician.played);
  CHECK(loaded(musician, yaml, true).problem.empty());
  REQUIRE(musician.played);
  CHECK(musician.played->quantum == time::Beats::fromDouble(7));
}

TEST_CASE("Of the room a file has the name, and never what opens it")
{
  alone([] {
    const Venue venue{kPassword};
    Musician musician;
    REQUIRE(musician.jam.openDevice({}));
    REQUIRE(musician.jam.join(venue.link, kPassword));
    const auto yaml = saved(musician).yaml;
    CHECK(yaml.find("room: \"Jazz\"") != std::string::npos);
    CHECK(yaml.find("role: room") != std::string::npos);
    const auto behind = venue.link.substr(venue.link.find('#') + 1);
    for (const auto& secret :
         {std::string{kPassword}, behind, behind.substr(behind.find('.') + 1), venue.link})
      CHECK(yaml.find(secret) == std::string::npos);
    CHECK(yaml.find("tutti://") == std::string::npos);
    CHECK(loaded(musician, yaml).yaml == yaml);
  });
}
