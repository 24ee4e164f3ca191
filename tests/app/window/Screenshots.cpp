// Writes pictures of the window with prepared snapshots behind it; those at 200 % only with
// QT_SCALE_FACTOR=2:
//   QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software [QT_SCALE_FACTOR=2] stage_screenshots FOLDER [NAME…]
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTest>

#include <cstdio>

#include "PreparedBridges.hpp"
#include "PreparedJams.hpp"
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
};

/// A picture of the room's page, in which the beat goes on.
Picture inRoom(const QString& name, std::string_view jam, QSize size = {1280, 720})
{
  return {.name = name, .snapshot = "playing", .size = size, .jam = jam};
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
    withBridge(inRoom("bridge-good", "mixer-1"), "good"),
    light(withBridge(inRoom("bridge-good-light", "mixer-1"), "good")),
    withBridge(inRoom("bridge-poor", "mixer-1"), "poor"),
    withBridge(inRoom("bridge-one-site", "mixer-1"), "one-site"),
    withBridge(inRoom("bridge-relay", "mixer-1"), "relay"),
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
  };
  return all;
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
  window->show();
  if (!QTest::qWaitForWindowExposed(window)) return false;
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
