#include "SessionsViewModel.hpp"

#include <filesystem>
#include <fstream>

#include <Catch.hpp>
#include <TemporaryFolder.hpp>

#include "PreparedDesks.hpp"
#include "patchbay/PatchWording.hpp"

using namespace tutti;
using namespace tutti::app;

namespace {

/// A musician with a shelf of sessions and a desk.
struct Musician {
  test::TemporaryFolder folder;
  jam::Desk desk;
  SessionShelf shelf{engine::PatchLibrary{folder.path()},
                     {.load = [this](const std::string& yaml) { return prepared::load(desk, yaml); },
                      .save = [this] { return desk.save(); },
                      .call = [this](const std::string& name) { callSession(desk, name); }}};
  SessionsViewModel sessions;

  explicit Musician(std::string_view patch = "studio")
  {
    prepared::prepare(desk, patch);
    sessions.follow(shelf);
    shelf.compare();
    sessions.refresh();
  }
  void addStrip()
  {
    REQUIRE(desk.addModule("Add", desk.showPatch().catalogue.front(), {10, 20}));
    shelf.compare();
  }
  [[nodiscard]] QVariant told(int row, int role) const { return sessions.data(sessions.index(row), role); }
};

} // namespace

SCENARIO("What is kept under a name is there, and open")
{
  Musician musician;
  CHECK(musician.sessions.count() == 0);
  musician.sessions.saveAs("Tuesday band");
  REQUIRE(musician.sessions.count() == 1);
  CHECK(musician.sessions.openName() == "Tuesday band");
  CHECK(musician.told(0, SessionsViewModel::isOpenRole).toBool());
  CHECK(musician.told(0, SessionsViewModel::pictureRole).toString().contains("<svg"));
  CHECK_FALSE(musician.sessions.isUnsaved());
  CHECK(musician.desk.save().session.name == "Tuesday band"); // also after a crash
}

SCENARIO("A change is unsaved until it is saved, or taken back")
{
  Musician musician;
  musician.sessions.saveAs("Tuesday band");
  const auto modules = musician.desk.patch().modules().size();
  musician.addStrip();
  CHECK(musician.sessions.isUnsaved());
  THEN("saving it makes it the session")
  {
    musician.sessions.save();
    CHECK_FALSE(musician.sessions.isUnsaved());
    musician.shelf.compare();
    CHECK_FALSE(musician.sessions.isUnsaved());
  }
  THEN("reverting takes it away")
  {
    musician.sessions.reopen();
    CHECK(musician.desk.patch().modules().size() == modules);
    CHECK_FALSE(musician.sessions.isUnsaved());
  }
}

SCENARIO("A name that is taken is asked about first")
{
  Musician musician;
  musician.sessions.saveAs("Tuesday band");
  musician.sessions.saveAs("Trio");
  musician.addStrip();
  musician.sessions.saveAs("Tuesday band");
  CHECK(musician.sessions.takenName() == "Tuesday band");
  CHECK(musician.sessions.openName() == "Trio");
  musician.sessions.replace();
  CHECK(musician.sessions.openName() == "Tuesday band");
  CHECK(musician.sessions.takenName().isEmpty());
  CHECK(musician.sessions.count() == 2);
}

SCENARIO("A session gets another name, and goes")
{
  Musician musician;
  musician.sessions.saveAs("Tuesday band");
  musician.sessions.rename("Tuesday band", "Wednesday band");
  CHECK(musician.sessions.openName() == "Wednesday band");
  CHECK(musician.sessions.count() == 1);
  musician.sessions.remove("Wednesday band");
  CHECK(musician.sessions.count() == 0);
}

SCENARIO("A file that is wrong is refused with its line, and everything plays on")
{
  Musician musician;
  musician.sessions.saveAs("Tuesday band");
  const auto before = musician.desk.patch().snapshot();
  std::ofstream{musician.folder / "broken.yaml"} << "tutti-patch: 2\nmodules:\n  - id: many\n";
  musician.sessions.refresh();
  REQUIRE(musician.sessions.count() == 2);
  musician.sessions.open("broken");
  CHECK(musician.sessions.problem().contains("Line 3"));
  CHECK(musician.sessions.problem().endsWith("Everything plays on as before."));
  CHECK(musician.desk.patch().snapshot() == before);
  CHECK(musician.sessions.openName() == "Tuesday band");
}

SCENARIO("Who is not here is named when a session is opened")
{
  Musician musician;
  musician.sessions.saveAs("Tuesday band");
  Musician other{"bare"};
  std::filesystem::copy(musician.folder.path(), other.folder.path(),
                        std::filesystem::copy_options::recursive);
  other.sessions.open("Tuesday band");
  CHECK(other.sessions.openName() == "Tuesday band");
  CHECK(other.sessions.remarks().contains(QString{"“Anna” is not in the room."}));
}

SCENARIO("Whatever the reason, who is missing is told in a sentence")
{
  CHECK(wording::missing("Lea", "is not in the room") == "“Lea” is not in the room.");
  CHECK(wording::missing("Lea", "has left the room") == "“Lea” has left the room.");
  CHECK(wording::missing("To the room", "no room is joined") ==
        "“To the room” is missing. No room is joined.");
  CHECK(wording::missing("Input 3–4", "the sound device has one input") ==
        "“Input 3–4” is missing. The sound device has one input.");
  CHECK(wording::missing("Organ", "It has ended by itself.") ==
        "“Organ” is missing. It has ended by itself.");
  CHECK(wording::missing("Organ", "") == "“Organ” is missing.");
}
