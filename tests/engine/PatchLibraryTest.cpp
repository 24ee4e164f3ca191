#include <tutti/engine/PatchLibrary.hpp>

#include <algorithm>
#include <fstream>
#include <set>

#include <Catch.hpp>
#include <Dice.hpp>
#include <TemporaryFolder.hpp>
#include <tutti/core/SafeFile.hpp>
#include <tutti/core/Utf8.hpp>
#include <tutti/engine/PatchFile.hpp>
#include <tutti/patch/Name.hpp>

using namespace tutti;
using namespace tutti::engine;
using Existing = PatchLibrary::Existing;
namespace fs = std::filesystem;

namespace {

patch::Snapshot any()
{
  patch::Snapshot snapshot;
  snapshot.modules.push_back(
    {.id = {1}, .type = "lv2", .name = "Wah", .inputs = {}, .outputs = {{"out", 1}}, .parameters = {}});
  snapshot.session.room = "Basement";
  return snapshot;
}

std::vector<std::string> namesIn(const PatchLibrary& library)
{
  std::vector<std::string> names;
  for (const auto& entry : library.list()) names.push_back(entry.name);
  std::ranges::sort(names);
  return names;
}

} // namespace

TEST_CASE("A session is kept under its name, listed, and comes back as it was")
{
  const test::TemporaryFolder folder;
  const PatchLibrary library{folder / "sessions"};
  CHECK(library.list().empty());
  const auto file = library.save("Friday at the Barn", any(), Existing::keep);
  REQUIRE(file);
  const auto entries = library.list();
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].name == "Friday at the Barn");
  CHECK(entries[0].file == *file);
  CHECK(entries[0].modules == 1);
  CHECK(entries[0].room == "Basement");
  CHECK(entries[0].problem.empty());
  CHECK(entries[0].savedAt > std::chrono::system_clock::time_point{});
  const auto found = library.find("Friday at the Barn");
  REQUIRE(found);
  auto wanted = any();
  wanted.session.name = "Friday at the Barn";
  CHECK(readPatch(*found)->snapshot == wanted);
}

TEST_CASE("A name that is taken is refused, unless it is to be replaced")
{
  const test::TemporaryFolder folder;
  const PatchLibrary library{folder.path()};
  REQUIRE(library.save("Set 1", any(), Existing::keep));
  const auto again = library.save("Set 1", {}, Existing::keep);
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == ErrorKind::refused);
  CHECK(library.list()[0].modules == 1);
  REQUIRE(library.save("Set 1", {}, Existing::replace));
  CHECK(library.list().size() == 1);
  CHECK(library.list()[0].modules == 0);
}

TEST_CASE("A session gets another name, but none that is taken")
{
  const test::TemporaryFolder folder;
  const PatchLibrary library{folder.path()};
  REQUIRE(library.save("Set 1", any(), Existing::keep));
  REQUIRE(library.save("Set 2", {}, Existing::keep));
  CHECK(library.rename("Set 1", "Set 2").error().kind == ErrorKind::refused);
  CHECK(library.rename("Set 3", "Set 4").error().kind == ErrorKind::unavailable);
  CHECK(library.rename("Set 1", "").error().kind == ErrorKind::malformed);
  REQUIRE(library.rename("Set 1", "Opener"));
  REQUIRE(library.rename("Opener", "Opener"));
  CHECK(namesIn(library) == std::vector<std::string>{"Opener", "Set 2"});
  CHECK(readPatch(*library.find("Opener"))->snapshot.modules.size() == 1);
}

TEST_CASE("No name is a path, and different names are different files")
{
  const test::TemporaryFolder folder;
  const PatchLibrary library{folder / "sessions"};
  const std::vector<std::string> names{"../../etc/passwd",
                                       "..",
                                       ".",
                                       "/",
                                       "a/b",
                                       "a\\b",
                                       "CON",
                                       "-rf",
                                       "~",
                                       "$(reboot)",
                                       "漢字",
                                       "漢子",
                                       "Set 1",
                                       "set 1",
                                       "set-1",
                                       "set_1",
                                       std::string(200, 'x'),
                                       "x.yaml",
                                       " "};
  std::set<fs::path> files;
  for (const auto& name : names) {
    CAPTURE(name);
    const auto file = library.save(name, any(), Existing::keep);
    REQUIRE(file);
    CHECK(file->parent_path() == folder / "sessions");
    CHECK(files.insert(*file).second);
    const auto stem = file->stem().string();
    CHECK(stem.size() < 64);
    CHECK(std::ranges::all_of(
      stem, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }));
    CHECK(stem.front() != '-');
  }
  auto sorted = names;
  std::ranges::sort(sorted);
  CHECK(namesIn(library) == sorted);
  CHECK(std::distance(fs::directory_iterator{folder.path()}, {}) == 1);
}

TEST_CASE("Whatever a name is, it is refused or it comes back")
{
  const test::TemporaryFolder folder;
  const PatchLibrary library{folder.path()};
  test::Dice dice{7};
  for (int round = 0; round < 300; ++round) {
    std::string name;
    for (auto length = dice.whole(0, 30); length > 0; --length)
      name += dice.whole(0, 3) == 0 ? static_cast<char>(dice.whole(0, 255))
                                    : static_cast<char>(dice.whole(' ', '~'));
    CAPTURE(round, name);
    const auto file = library.save(name, any(), Existing::replace);
    CHECK(file.has_value() == (!name.empty() && patch::isName(name) && !name.starts_with("tutti://")));
    if (!file) continue;
    CHECK(library.find(name) == *file);
    CHECK(readPatch(*file)->snapshot.session.name == name);
    REQUIRE(library.remove(name));
  }
  CHECK(library.list().empty());
}

TEST_CASE("What lies in the folder by other hands is listed for what it is")
{
  const test::TemporaryFolder folder;
  const PatchLibrary library{folder.path()};
  auto named = any();
  named.session.name = "From a friend";
  REQUIRE(writePatch(folder / "download (1).yaml", named));
  REQUIRE(writePatch(folder / "no name.yaml", any()));
  REQUIRE(replaceWhole(folder / "torn.yaml", "tutti-patch: 2\nmodules: ["));
  REQUIRE(replaceWhole(folder / "readme.txt", "no session"));
  fs::create_directory(folder / "folder.yaml");
  CHECK(namesIn(library) == std::vector<std::string>{"From a friend", "no name", "torn"});
  for (const auto& entry : library.list())
    CHECK((entry.problem.find("line ") != std::string::npos) == (entry.name == "torn"));
  CHECK(library.find("From a friend") == folder / "download (1).yaml");
  CHECK_FALSE(library.find("readme"));
  REQUIRE(library.save("From a friend", any(), Existing::replace)); // where it is, not beside it
  CHECK(library.list().size() == 3);
}

TEST_CASE("What is not there cannot be removed, and what is, can")
{
  const test::TemporaryFolder folder;
  const PatchLibrary library{folder.path()};
  const auto removed = library.remove("Set 1");
  REQUIRE_FALSE(removed);
  CHECK(removed.error().kind == ErrorKind::unavailable);
  REQUIRE(library.save("Set 1", any(), Existing::keep));
  REQUIRE(library.remove("Set 1"));
  CHECK(library.list().empty());
}

TEST_CASE("A file that is no text is refused with its line")
{
  const test::TemporaryFolder folder;
  REQUIRE(replaceWhole(folder / "bad.yaml", "tutti-patch: 2\nab\xff"));
  const auto text = readPatchText(folder / "bad.yaml");
  REQUIRE_FALSE(text);
  CHECK(text.error().kind == ErrorKind::malformed);
  CHECK(text.error().detail.ends_with("bad.yaml: line 2, column 3: this is no UTF-8 text"));
  CHECK(readPatchText(folder / "none.yaml").error().kind == ErrorKind::unavailable);
}
