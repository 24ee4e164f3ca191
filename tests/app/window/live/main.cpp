// The tests of this folder want an application around them.
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#include <QGuiApplication>
#include <QLocale>

int main(int argc, char** argv)
{
  qputenv("QT_QPA_PLATFORM", "offscreen"); // also where ctest asks for the names of the tests
  qputenv("QT_QUICK_BACKEND", "software");
  const QGuiApplication application{argc, argv};
  QLocale::setDefault(QLocale::c());
  return Catch::Session{}.run(argc, argv);
}
