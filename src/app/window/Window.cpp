#include "Window.hpp"

#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QLocale>
#include <QTranslator>

#include <cstdio>
#include <cstdlib>

#include <tutti/core/Log.hpp>

#include "EngineFeed.hpp"
#include "Memory.hpp"
#include "QuitSignals.hpp"
#include "Stage.hpp"
#include "StageModule.hpp"

namespace tutti::app {

namespace {

constexpr auto kNoDisplay = "tutti: there is no display here for the window; `tutti link` plays along in a terminal\n";

/// Qt ends the program by itself when a display is named but cannot be reached: then this is the last word.
void onQtMessage(QtMsgType type, const QMessageLogContext&, const QString& text)
{
  switch (type) {
  case QtDebugMsg:
  case QtInfoMsg: log::app().debug("{}", text.toStdString()); return;
  case QtWarningMsg: log::app().warn("{}", text.toStdString()); return;
  case QtCriticalMsg: log::app().error("{}", text.toStdString()); return;
  case QtFatalMsg: break;
  }
  if (text.contains(QLatin1String{"platform plugin"})) {
    std::fputs(kNoDisplay, stderr);
    std::_Exit(1);
  }
  log::app().critical("{}", text.toStdString());
}

bool hasDisplay()
{
#if defined(Q_OS_LINUX)
  for (const auto* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
    if (!qEnvironmentVariableIsEmpty(name)) return true;
  return false;
#else
  return true;
#endif
}

void dressApplication()
{
  QGuiApplication::setApplicationName(QStringLiteral("tutti"));
  QGuiApplication::setApplicationDisplayName(QStringLiteral("Tutti"));
  QGuiApplication::setDesktopFileName(QStringLiteral("tutti"));
}

/// The stage, the engine behind it and what they remember; alive as long as the window is.
int play(QGuiApplication& application)
{
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
  QObject::connect(&memory, &Memory::lost, stage.news(), &NewsViewModel::setNotice);

  QQmlApplicationEngine qml;
  auto* const window = openStage(qml, stage);
  if (!window) return 1;
  memory.restore(*window);

  QuitSignals signals;
  QObject::connect(&signals, &QuitSignals::asked, &application, &QGuiApplication::quit);
  return application.exec();
}

} // namespace

int runWindow(int& argc, char** argv)
{
  if (!hasDisplay()) {
    std::fputs(kNoDisplay, stderr);
    return 1;
  }
  qInstallMessageHandler(onQtMessage);
  dressApplication();
  QGuiApplication application{argc, argv};
  QGuiApplication::setWindowIcon(QIcon{QStringLiteral(":/Tutti/icons/tutti.svg")});
  QTranslator translator;
  speakLanguageOf(QLocale{}, translator);
  return play(application);
}

} // namespace tutti::app
