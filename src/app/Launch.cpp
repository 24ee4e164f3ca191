#include "Launch.hpp"

#include <QString>
#include <QtGlobal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
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

bool speaksOfDisplay(const QMessageLogContext& context, std::string_view message)
{
  const bool isPlatform = context.category != nullptr && std::strncmp(context.category, "qt.qpa", 6) == 0;
  return isPlatform || message.find("platform plugin") != message.npos;
}

/// Qt's words go to our log. Its last words about a display become our one line: it would abort after them.
void onQtMessage(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
  const auto message = text.toStdString();
  switch (type) {
  case QtDebugMsg:
  case QtInfoMsg:
    log::app().debug("{}", message);
    break;
  case QtWarningMsg:
    log::app().log(speaksOfDisplay(context, message) ? spdlog::level::debug : spdlog::level::warn, "{}",
                   message);
    break;
  case QtCriticalMsg:
    log::app().error("{}", message);
    break;
  case QtFatalMsg:
    if (speaksOfDisplay(context, message)) ::_exit(refuse());
    std::fprintf(stderr, "tutti: %s\n", message.c_str()); // a bug: Qt leaves a core file behind
    break;
  }
}

} // namespace

int launchWindow(int& argc, char** argv)
{
  if (!hasDisplayServer([](const char* name) { return std::getenv(name); })) return refuse();
  qInstallMessageHandler(onQtMessage);
  return runWindow(argc, argv);
}

} // namespace tutti::app
