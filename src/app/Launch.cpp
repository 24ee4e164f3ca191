#include "Launch.hpp"

#include <QGuiApplication>
#include <QString>
#include <QtGlobal>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

#include <tutti/core/Log.hpp>

#include "verbs/DisplayServer.hpp"
#include "window/Window.hpp"

namespace tutti::app {
namespace {

int refuse()
{
  std::fputs((noDisplayLine() + '\n').c_str(), stderr);
  return EXIT_FAILURE;
}

/// Qt's words go to our log. Those it says while it looks for a display, of which the last would be followed
/// by an abort, become our one line.
void onQtMessage(QtMsgType type, const QMessageLogContext& /*context*/, const QString& text)
{
  const auto message = text.toStdString();
  const bool isLookingForDisplay = QGuiApplication::platformName().isEmpty();
  if (type == QtFatalMsg) {
    log::app().debug("{}", message);
    if (isLookingForDisplay) ::_exit(refuse());
    std::fprintf(stderr, "tutti: %s\n", message.c_str()); // a bug: Qt leaves a core file behind
  } else if (isLookingForDisplay || type == QtDebugMsg || type == QtInfoMsg) {
    log::app().debug("{}", message);
  } else {
    log::app().log(type == QtWarningMsg ? spdlog::level::warn : spdlog::level::err, "{}", message);
  }
}

} // namespace

int launchWindow(int& argc, char** argv, const std::string& invitation)
{
  if (!hasDisplayServer([](const char* name) { return std::getenv(name); })) return refuse();
  qInstallMessageHandler(onQtMessage);
  return runWindow(argc, argv, invitation);
}

} // namespace tutti::app
