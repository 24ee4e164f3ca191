// Writes pictures of the window with prepared snapshots behind it:
//   stage_screenshots FOLDER [NAME…]
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTest>

#include <cstdio>

#include "PreparedSnapshots.hpp"
#include "window/StageModule.hpp"

namespace {

using namespace tutti;

struct Picture {
  QString name;
  std::string_view snapshot;
  engine::ColourScheme scheme = engine::ColourScheme::dark;
  QSize size{960, 640};
};

const std::vector<Picture>& pictures()
{
  using engine::ColourScheme;
  static const std::vector<Picture> all{
    {"alone", "alone"},
    {"three-peers", "three-peers"},
    {"playing", "playing"},
    {"light", "playing", ColourScheme::light},
    {"link-off", "link-off"},
    {"scale-200", "playing", ColourScheme::dark, {640, 400}}, // what 1280 × 800 leaves at 200 %
    {"count-in", "count-in"},
    {"port-taken", "port-taken"},
    {"crowd", "crowd"},
    {"small-light", "three-peers", ColourScheme::light, {640, 480}},
    {"large", "playing", ColourScheme::dark, {1600, 1000}},
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
  window->resize(picture.size);
  window->show();
  if (!QTest::qWaitForWindowExposed(window)) return false;
  QCoreApplication::processEvents();
  return window->grabWindow().save(folder + QLatin1Char{'/'} + picture.name + QStringLiteral(".png"));
}

} // namespace

int main(int argc, char** argv)
{
  // At 200 % only that picture makes sense, and only there.
  QGuiApplication application{argc, argv};
  QTranslator translator;
  app::speakLanguageOf(QLocale{QLocale::English}, translator);
  QLocale::setDefault(QLocale::c());
  const auto arguments = QCoreApplication::arguments();
  if (arguments.size() < 2) return std::fputs("which folder?\n", stderr), 2;
  const auto wanted = arguments.mid(2);
  for (const auto& picture : pictures()) {
    if (!wanted.isEmpty() && !wanted.contains(picture.name)) continue;
    if (!take(picture, arguments[1])) return std::fputs("no picture\n", stderr), 1;
  }
  return 0;
}
