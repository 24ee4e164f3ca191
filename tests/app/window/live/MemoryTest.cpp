#include "window/Memory.hpp"

#include <QCoreApplication>
#include <QQuickWindow>
#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <Catch.hpp>

#include "PreparedSnapshots.hpp"

using namespace tutti;
using app::Memory;
using engine::SettingsFile;

namespace {

class Folder {
public:
  [[nodiscard]] std::filesystem::path file() const
  {
    return std::filesystem::path{folder_.path().toStdString()} / "tutti" / "settings.yaml";
  }

private:
  QTemporaryDir folder_;
};

void move(QQuickWindow& window, const QRect& place)
{
  window.setGeometry(place);
  QCoreApplication::processEvents(); // the desktop agrees
}

} // namespace

SCENARIO("What the window remembers is there at the next launch")
{
  const Folder folder;
  {
    Memory memory{SettingsFile{folder.file()}};
    auto snapshot = prepared::playing(hostTime(1'000'000'000), 3);
    snapshot.link.isEnabled = false;
    snapshot.link.followsStartStop = false;
    memory.remember(snapshot);
    memory.remember(engine::ColourScheme::light);
    memory.rememberBridging(true, {.mayChangeTempo = false, .mayStartAndStop = true});
    memory.remember(
      engine::Settings::Rooms{.recent = {{"play.example.org", 7885, "tuesday", {}, {}}}, .met = {}});
    memory.remember(engine::Settings::Mix{{"Anna", {.isLinked = false, .channels = {}}}});
  }
  const Memory memory{SettingsFile{folder.file()}};
  CHECK(memory.notice().isEmpty());
  CHECK(memory.settings().tempo.bpm() == Approx(132));
  CHECK_FALSE(memory.settings().isLinkEnabled);
  CHECK_FALSE(memory.settings().followsStartStop);
  CHECK(memory.settings().colourScheme == engine::ColourScheme::light);
  CHECK(memory.settings().isBridging);
  CHECK_FALSE(memory.settings().bridgeRights.mayChangeTempo);
  CHECK(memory.settings().bridgeRights.mayStartAndStop);
  REQUIRE(memory.settings().rooms.recent.size() == 1);
  CHECK(memory.settings().rooms.recent[0].room == "tuesday");
  REQUIRE(memory.settings().mix.contains("Anna"));
  CHECK_FALSE(memory.settings().mix.at("Anna").isLinked);
}

SCENARIO(
  "What another program has measured meanwhile is not forgotten, and what the window has measured counts")
{
  using audio::Backend;
  const audio::DeviceTrim card{Backend::portAudio, "Card", Micros{1000}};
  const audio::DeviceTrim stage{Backend::jack, "Stage", Micros{2000}};
  const Folder folder;
  Memory memory{SettingsFile{folder.file()}};
  engine::Settings elsewhere;
  elsewhere.trims = {card, {Backend::jack, "Stage", Micros{9}}};
  REQUIRE(SettingsFile{folder.file()}.save(elsewhere));
  memory.remember(stage);
  memory.flush();
  const auto saved = SettingsFile{folder.file()}.read();
  REQUIRE(saved);
  CHECK(std::ranges::count(saved->trims, card) == 1);
  CHECK(std::ranges::count(saved->trims, stage) == 1);
  CHECK(saved->trims.size() == 2);
}

SCENARIO("The window comes back where it was and as large as it was")
{
  const Folder folder;
  {
    Memory memory{SettingsFile{folder.file()}};
    QQuickWindow window;
    memory.restore(window);
    move(window, {40, 50, 700, 500});
  }
  Memory memory{SettingsFile{folder.file()}};
  QQuickWindow window;
  memory.restore(window);
  CHECK(window.geometry() == QRect{40, 50, 700, 500});
  CHECK(window.isVisible());
}

SCENARIO("A window that was on a screen that is gone comes back on one that is there")
{
  const Folder folder;
  {
    Memory memory{SettingsFile{folder.file()}};
    QQuickWindow window;
    memory.restore(window);
    move(window, {90'000, 50, 700, 500});
  }
  Memory memory{SettingsFile{folder.file()}};
  QQuickWindow window;
  memory.restore(window);
  CHECK(window.x() < 90'000);
  CHECK(window.width() == 700);
}

SCENARIO("Nothing changed, nothing written")
{
  const Folder folder;
  {
    Memory memory{SettingsFile{folder.file()}};
  }
  CHECK_FALSE(std::filesystem::exists(folder.file()));
}

SCENARIO("A broken settings file is named, and the window opens with defaults")
{
  const Folder folder;
  std::filesystem::create_directories(folder.file().parent_path());
  std::ofstream{folder.file()} << "tempo: [oops\n";
  const Memory memory{SettingsFile{folder.file()}};
  CHECK_FALSE(memory.notice().isEmpty());
  CHECK(memory.settings() == engine::Settings{});
}

SCENARIO("A folder that cannot be written to is said once")
{
  const Folder folder;
  std::filesystem::create_directories(folder.file().parent_path().parent_path());
  std::ofstream{folder.file().parent_path()} << "a file where the folder should be";
  Memory memory{SettingsFile{folder.file()}};
  QStringList said;
  QObject::connect(&memory, &Memory::lost, [&](const QString& why) { said << why; });
  memory.remember(engine::ColourScheme::light);
  memory.flush();
  memory.remember(engine::ColourScheme::dark);
  memory.flush();
  REQUIRE(said.size() == 1);
  CHECK(said.front().contains(QStringLiteral("settings.yaml")));
}
