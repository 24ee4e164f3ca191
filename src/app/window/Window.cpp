#include "Window.hpp"

#include <QGuiApplication>
#include <QIcon>
#include <QLocale>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QStandardPaths>
#include <QTranslator>
#include <cstdio>

#include <tutti/room/Invitation.hpp>

#include "EngineFeed.hpp"
#include "InvitationDoor.hpp"
#include "JamFeed.hpp"
#include "Memory.hpp"
#include "OutsideFeed.hpp"
#include "PatchFeed.hpp"
#include "PatchKeeping.hpp"
#include "QuitSignals.hpp"
#include "Stage.hpp"
#include "StageModule.hpp"

namespace tutti::app {

namespace {

void dressApplication()
{
  QGuiApplication::setApplicationName(QStringLiteral("tutti"));
  QGuiApplication::setApplicationDisplayName(QStringLiteral("Tutti"));
  QGuiApplication::setDesktopFileName(QStringLiteral("tutti"));
}

engine::JamSettings jamSettings(const engine::Settings& remembered, engine::Engine& engine)
{
  const auto& musician = remembered.musician;
  engine::JamSettings settings;
  settings.trims = remembered.trims;
  settings.name = musician.name;
  settings.instrument = musician.instrument;
  settings.device = musician.device;
  settings.listensForRooms = true;
  settings.rooms = remembered.rooms;
  settings.isAtHome = true;
  settings.knownServer = remembered.knownServer;
  settings.mix = remembered.mix;
  settings.lanServers = remembered.streamServers;
  settings.looksForStreams = true;
  settings.linkAudioWay = engine.linkAudioWay();
  settings.channels = remembered.channels;
  settings.letsProgramsIn = true;
  settings.programsApproved = remembered.programsApproved;
  settings.isBridging = remembered.isBridging;
  settings.bridgeRights = remembered.bridgeRights;
  settings.bridgeOpener = [&engine](room::Session& session, const bridge::Rights& rights) {
    return engine.openBridge(session, rights);
  };
  settings.stateFolder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                           .toStdString(); // the key of rooms hosted here
  return settings;
}

/// Says what was opened, or why it cannot be read.
void show(const std::string& invitation, Stage& stage)
{
  if (const auto read = room::Invitation::parse(invitation); !read)
    stage.news()->setNotice(QString::fromStdString(read.error().detail));
  else
    stage.band()->room()->bring(QString::fromStdString(read->link()));
}

/// The stage, the engine behind it and what they remember; alive as long as the window is.
int play(QGuiApplication& application, const std::string& invitation)
{
  QuitSignals quit; // heard by the event loop; from now on, so that who is told early says goodbye, too
  QObject::connect(&quit, &QuitSignals::asked, &application, &QGuiApplication::quit);

  Memory memory{engine::SettingsFile{engine::SettingsFile::defaultPath()}};
  engine::Engine engine{memory.settings()};
  Stage stage{&time::HostClock::now};
  stage.appearance()->choose(memory.settings().colourScheme);
  stage.news()->setNotice(memory.notice());

  EngineFeed feed{engine, stage};
  QObject::connect(&feed, &EngineFeed::shown, &memory,
                   [&](const engine::Snapshot& snapshot) { memory.remember(snapshot); });
  QObject::connect(stage.appearance(), &AppearanceViewModel::changed, &memory,
                   [&] { memory.remember(stage.appearance()->scheme()); });
  const auto& musician = memory.settings().musician;
  engine::Jam jam{jamSettings(memory.settings(), engine), [&] { return engine.beatGrid(); }};
  JamFeed jamFeed{jam, *stage.band(), musician};
  QObject::connect(&jamFeed, &JamFeed::musicianChanged, &memory,
                   [&](const engine::Settings::Musician& now) { memory.remember(now); });
  QObject::connect(&jamFeed, &JamFeed::roomsChanged, &memory,
                   [&](const engine::Settings::Rooms& now) { memory.remember(now); });
  QObject::connect(&jamFeed, &JamFeed::mixChanged, &memory,
                   [&](const engine::Settings::Mix& now) { memory.remember(now); });
  QObject::connect(&jamFeed, &JamFeed::streamServersChanged, &memory, &Memory::rememberStreamServers);
  QObject::connect(&jamFeed, &JamFeed::bridgingChanged, &memory, &Memory::rememberBridging);
  stage.band()->hosting()->showServer(memory.settings().knownServer);
  QObject::connect(&jamFeed, &JamFeed::knownServerChanged, &memory, &Memory::rememberServer);
  QObject::connect(&jamFeed, &JamFeed::trimMeasured, &memory,
                   [&](const audio::DeviceTrim& trim) { memory.remember(trim); });
  QObject::connect(&memory, &Memory::lost, stage.news(), &NewsViewModel::setNotice);

  const PatchKeeping patches{jam, engine};
  if (!patches.notice().isEmpty()) stage.news()->setNotice(patches.notice());
  PatchFeed patchFeed{jam, engine, stage};
  QObject::connect(&jamFeed, &JamFeed::shown, &patchFeed, &PatchFeed::look);
  OutsideFeed outsideFeed{jam, *stage.outside()};
  QObject::connect(&jamFeed, &JamFeed::shown, &outsideFeed, &OutsideFeed::look);
  QObject::connect(&outsideFeed, &OutsideFeed::approved, &memory, &Memory::rememberApprovals);
  QObject::connect(&outsideFeed, &OutsideFeed::channelsChanged, &memory, &Memory::rememberChannels);

  QQmlApplicationEngine qml;
  auto* const window = openStage(qml, stage);
  if (!window) return 1;
  memory.restore(*window);
  if (!invitation.empty()) show(invitation, stage);
  InvitationDoor door;
  door.open(); // where another window has it, that one takes what is clicked
  QObject::connect(&door, &InvitationDoor::invited, window, [&stage, window](const QString& clicked) {
    show(clicked.toStdString(), stage);
    window->show();
    window->raise();
    window->requestActivate();
  });
  return application.exec();
}

} // namespace

int runWindow(int& argc, char** argv, const std::string& invitation)
{
  dressApplication();
  QGuiApplication application{argc, argv};
  if (!invitation.empty() && InvitationDoor::handOver(QString::fromStdString(invitation))) {
    std::puts("The window that is open shows the invitation.");
    return 0;
  }
  QGuiApplication::setWindowIcon(QIcon{QStringLiteral(":/Tutti/icons/tutti.svg")});
  QTranslator translator;
  speakLanguageOf(QLocale{}, translator);
  return play(application, invitation);
}

} // namespace tutti::app
