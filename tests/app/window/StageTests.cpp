#include <QLocale>
#include <QQmlEngine>
#include <QtQuickTest>

#include "Rehearsal.hpp"
#include "window/StageModule.hpp"

namespace {

/// Gives the tests in tst_*.qml the window's types and a rehearsal to show in it.
class Setup : public QObject {
  Q_OBJECT

public slots:
  void applicationAvailable()
  {
    QLocale::setDefault(QLocale::c());
    tutti::app::speakLanguageOf(QLocale{QLocale::English}, translator_);
  }
  void qmlEngineAvailable(QQmlEngine* engine)
  {
    tutti::app::findStageModule(*engine);
    qmlRegisterType<tutti::app::Rehearsal>("Tutti.Rehearsal", 1, 0, "Rehearsal");
  }

private:
  QTranslator translator_;
};

} // namespace

QUICK_TEST_MAIN_WITH_SETUP(stage, Setup)

#include "StageTests.moc"
