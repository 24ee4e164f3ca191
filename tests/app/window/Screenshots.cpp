// Writes pictures of the window with prepared snapshots behind it; those at 200 % only with
// QT_SCALE_FACTOR=2:
//   QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software [QT_SCALE_FACTOR=2] stage_screenshots FOLDER [NAME…]
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTest>

#include <cstdio>

#include <tutti/engine/PatchPicture.hpp>

#include "PreparedBridges.hpp"
#include "PreparedDesks.hpp"
#include "PreparedJams.hpp"
#include "PreparedOutside.hpp"
#include "PreparedReaches.hpp"
#include "PreparedSnapshots.hpp"
#include "window/StageModule.hpp"

namespace {

using namespace tutti;

struct Picture {
  QString name;
  std::string_view snapshot;
  engine::ColourScheme scheme = engine::ColourScheme::dark;
  QSize size{960, 640};
  double scale = 1;
  std::string_view jam = {};   ///< Shown, too, if named.
  const char* panel = nullptr; ///< A property of the room panel that is on.
  bool hasSoundSheet = false;
  std::string_view bridge = {}; ///< Shown, too, if named.
  std::string_view reach = {};  ///< The same.
  std::string_view desk = {};   ///< On the page of the patch, if named.
  std::string_view chosen = {}; ///< The card of this name, or "CARD > CARD": the cable.
  bool isAdding = false;
  bool hasSessions = false;
  bool hasOutside = false;
  std::string_view channels = {}; ///< Of the Link session: "lan", "sites" or "empty"; shown, if named.
};

/// A picture of the room's page, in which the beat goes on.
Picture inRoom(const QString& name, std::string_view jam, QSize size = {1280, 720})
{
  return {.name = name, .snapshot = "playing", .size = size, .jam = jam};
}

/// A picture of the patch's page, while everybody plays.
Picture inPatch(const QString& name, std::string_view desk, std::string_view jam = "mixer-4",
                QSize size = {1280, 720})
{
  return {.name = name, .snapshot = "playing", .size = size, .jam = jam, .desk = desk};
}

Picture choosing(Picture picture, std::string_view chosen)
{
  picture.chosen = chosen;
  return picture;
}

Picture adding(Picture picture)
{
  picture.isAdding = true;
  return picture;
}

Picture withSessions(Picture picture)
{
  picture.hasSessions = true;
  return picture;
}

Picture withOutside(Picture picture)
{
  picture.hasOutside = true;
  return picture;
}

Picture withChannels(Picture picture, std::string_view channels)
{
  picture.channels = channels;
  return picture;
}

Picture light(Picture picture)
{
  picture.scheme = engine::ColourScheme::light;
  return picture;
}

Picture withDelay(Picture picture)
{
  picture.panel = "wantsDelay";
  return picture;
}

Picture withBridge(Picture picture, std::string_view bridge)
{
  picture.panel = "wantsBridge";
  picture.bridge = bridge;
  return picture;
}

/// The same while nothing plays: where others play, it can be joined.
Picture stopped(Picture picture)
{
  picture.snapshot = "three-peers";
  return picture;
}

Picture withReach(Picture picture, std::string_view reach)
{
  picture.reach = reach;
  return picture;
}

Picture withSound(Picture picture)
{
  picture.hasSoundSheet = true;
  return picture;
}

Picture atDouble(Picture picture)
{
  picture.scale = 2;
  return picture;
}

const std::vector<Picture>& pictures()
{
  using engine::ColourScheme;
  static const std::vector<Picture> all{
    {"alone", "alone"},
    {"three-peers", "three-peers"},
    {"playing", "playing"},
    {"light", "playing", ColourScheme::light},
    {"link-off", "link-off"},
    {"scale-200", "playing", ColourScheme::dark, {640, 400}, 2}, // all that a screen of 1280 × 800 has
    {"count-in", "count-in"},
    {"port-taken", "port-taken"},
    {"crowd", "crowd"},
    {"small-light", "three-peers", ColourScheme::light, {640, 480}},
    {"large", "playing", ColourScheme::dark, {1600, 1000}},
    inRoom("mixer-1", "mixer-1"),
    inRoom("mixer-4", "mixer-4"),
    light(inRoom("mixer-4-light", "mixer-4")),
    inRoom("mixer-12", "mixer-12", {1600, 900}),
    inRoom("mixer-solo", "solo"),
    inRoom("mixer-small", "mixer-4", {860, 560}),
    atDouble(inRoom("mixer-200", "mixer-4", {640, 400})),
    inRoom("room", "lobby"),
    inRoom("room-host", "room-host"),
    withReach(inRoom("room-host-open", "room-host"), "open"),
    withReach(inRoom("room-host-closed", "room-host"), "denied"),
    inRoom("room-refused", "refused"),
    inRoom("room-other-host", "other-host"),
    inRoom("room-joining", "joining"),
    inRoom("room-lost", "lost"),
    withDelay(inRoom("delay", "mixer-4")),
    light(withDelay(inRoom("delay-light", "mixer-4"))),
    withDelay(inRoom("delay-steady", "steady")),
    withDelay(inRoom("delay-beats", "beats")),
    stopped(withBridge(inRoom("bridge-good", "mixer-1"), "good")),
    stopped(light(withBridge(inRoom("bridge-good-light", "mixer-1"), "good"))),
    withBridge(inRoom("bridge-poor", "mixer-1"), "poor"),
    withBridge(inRoom("bridge-one-site", "mixer-1"), "one-site"),
    stopped(withBridge(inRoom("bridge-relay", "mixer-1"), "relay")),
    withBridge(inRoom("bridge-off", "mixer-1"), "off"),
    inRoom("room-wireless", "room-wireless"),
    inRoom("first-run", "first-run"),
    inRoom("device-lost", "device-lost"),
    inRoom("recording", "recording"),
    inRoom("disk-full", "disk-full"),
    inRoom("test-alone", "test-alone"),
    withDelay(inRoom("test-alone-delay", "test-alone")),
    withSound(inRoom("cable-measured", "cable-measured")),
    withSound(inRoom("cable-missing", "cable-missing")),
    inPatch("patch-empty", "bare", "lobby"),
    choosing(inPatch("patch-studio", "studio"), "Reverb > Master"),
    light(choosing(inPatch("patch-studio-light", "studio"), "Anna strip")),
    inPatch("patch-ghosts", "ghosts", "mixer-1"),
    choosing(inPatch("patch-small", "studio", "mixer-4", {640, 480}), "Master"),
    atDouble(choosing(inPatch("patch-200", "studio", "mixer-4", {640, 400}), "Reverb > Master")),
    withSessions(inPatch("patch-library", "studio")),
    withOutside(inPatch("patch-outside", "studio")),
    withChannels(inPatch("channels-empty", "studio"), "empty"),
    withChannels(inPatch("channels-lan", "studio", "mixer-4", {1280, 900}), "lan"),
    withChannels(inPatch("channels-sites", "studio", "mixer-4", {1280, 1000}), "sites"),
    adding(inPatch("patch-add", "studio")),
    inPatch("patch-large", "large", "mixer-4", {1600, 1000}),
  };
  return all;
}

QList<app::SessionEntry> sessions(const jam::Desk& desk)
{
  const auto thumbnail = [](std::string_view name) {
    jam::Desk other;
    prepared::prepare(other, name);
    return QString::fromStdString(engine::patchPicture(other.save()));
  };
  constexpr qint64 kEvening = 1'777'660'200'000; // ms since 1970
  constexpr qint64 kDay = 86'400'000;
  return {{"Tuesday band",
           "19 modules, in Kitchen",
           {},
           QString::fromStdString(engine::patchPicture(desk.save())),
           kEvening},
          {"Choir rehearsal", "64 modules, in Choir hall", {}, thumbnail("large"), kEvening - 2 * kDay},
          {"Practice alone", "6 modules", {}, thumbnail("bare"), kEvening - 9 * kDay},
          {"old-set",
           {},
           "old-set.yaml: line 14, column 9: “gain” is a number in dB, or -inf",
           {},
           kEvening - 40 * kDay}};
}

void choose(app::PatchViewModel& patch, std::string_view chosen)
{
  const auto wanted = QString::fromUtf8(chosen.data(), static_cast<qsizetype>(chosen.size()));
  const auto& scene = patch.scene();
  for (const auto& card : scene.cards)
    if (card.name == wanted) patch.selection()->chooseOnly(card.id);
  for (const auto& cable : scene.cables)
    if (scene.find(cable.from.module)->name + " > " + scene.find(cable.to.module)->name == wanted)
      patch.selection()->chooseOnly(cable.id);
}

/// Levels need some moments until cables look as loud as they are.
void showPatch(const Picture& picture, app::Stage& stage, jam::Desk& desk, QQuickWindow& window, HostTime now)
{
  prepared::prepare(desk, picture.desk);
  stage.patch()->show(desk.showPatch(), now);
  auto* const view = window.findChild<QObject*>("view");
  view->setProperty("isInRoom", false);
  view->setProperty("isPatching", true);
  if (picture.hasSessions) {
    view->setProperty("wantsSessions", true);
    stage.sessions()->showOpened("Tuesday band", {"“Lea” is not in the room."});
    stage.sessions()->showUnsaved(true);
    stage.sessions()->showEntries(sessions(desk));
  }
  if (picture.hasOutside) {
    view->setProperty("wantsSessions", true);
    window.findChild<QObject*>("patchSide")->setProperty("isOutside", true);
    stage.outside()->programs()->show(prepared::programs());
    stage.outside()->streams()->show(prepared::streams());
  }
  if (!picture.channels.empty()) {
    view->setProperty("wantsSessions", true);
    window.findChild<QObject*>("patchSide")->setProperty("isChannels", true);
    stage.outside()->channels()->show(picture.channels == "lan"     ? prepared::channels()
                                      : picture.channels == "sites" ? prepared::channelsOfTwoSites()
                                                                    : prepared::noChannels());
  }
  choose(*stage.patch(), picture.chosen);
}

void letSound(const Picture& picture, app::Stage& stage, jam::Desk& desk, HostTime now)
{
  constexpr int kMoments = 40;
  if (picture.desk != "bare")
    for (int moment = 0; moment < kMoments; ++moment)
      stage.patch()->show(prepared::sounding(desk.showPatch(), moment), now);
  if (picture.isAdding) emit stage.patch()->focus()->addAsked();
  QTest::qWait(1500); // until all of it is sharp
}

bool take(const Picture& picture, const QString& folder)
{
  const auto now = time::HostClock::now();
  app::Stage stage{[now] { return now; }};
  stage.appearance()->choose(picture.scheme);
  stage.show(prepared::named(picture.snapshot, now));
  QQmlApplicationEngine qml;
  auto* const window = app::openStage(qml, stage);
  if (!window) return false;
  if (!picture.jam.empty()) {
    stage.band()->show(prepared::jamNamed(picture.jam, now));
    window->findChild<QObject*>("view")->setProperty("isInRoom", true);
  }
  if (!picture.bridge.empty()) stage.band()->show(prepared::bridgeNamed(picture.bridge, now), now);
  if (!picture.reach.empty()) stage.band()->show(prepared::reachNamed(picture.reach));
  if (picture.hasSoundSheet) QMetaObject::invokeMethod(window->findChild<QObject*>("view"), "askSound");
  if (picture.panel) window->findChild<QObject*>("roomPanel")->setProperty(picture.panel, true);
  window->resize(picture.size);
  jam::Desk desk;
  if (!picture.desk.empty()) showPatch(picture, stage, desk, *window, now);
  window->show();
  if (!QTest::qWaitForWindowExposed(window)) return false;
  if (!picture.desk.empty()) letSound(picture, stage, desk, now);
  QCoreApplication::processEvents();
  return window->grabWindow().save(folder + QLatin1Char{'/'} + picture.name + QStringLiteral(".png"));
}

} // namespace

int main(int argc, char** argv)
{
  QGuiApplication application{argc, argv};
  QTranslator translator;
  app::speakLanguageOf(QLocale{QLocale::English}, translator);
  QLocale::setDefault(QLocale::c());
  const auto arguments = QCoreApplication::arguments();
  if (arguments.size() < 2) return std::fputs("which folder?\n", stderr), 2;
  const auto wanted = arguments.mid(2);
  for (const auto& picture : pictures()) {
    if (picture.scale != application.devicePixelRatio()) continue;
    if (!wanted.isEmpty() && !wanted.contains(picture.name)) continue;
    if (!take(picture, arguments[1])) return std::fputs("no picture\n", stderr), 1;
  }
  return 0;
}
