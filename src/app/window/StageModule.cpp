#include "StageModule.hpp"

#include <QCoreApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

void qml_register_types_Tutti(); // made by qt_add_qml_module; a static library needs the call

namespace tutti::app {

void findStageModule(QQmlEngine& engine)
{
  qml_register_types_Tutti();
  engine.addImportPath(QStringLiteral("qrc:/")); // where RESOURCE_PREFIX / puts the module
}

QQuickWindow* openStage(QQmlApplicationEngine& qml, Stage& stage)
{
  findStageModule(qml);
  qml.setInitialProperties({{QStringLiteral("stage"), QVariant::fromValue(&stage)}});
  qml.load(QUrl{QStringLiteral("qrc:/Tutti/Main.qml")});
  return qml.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(qml.rootObjects().constFirst());
}

void speakLanguageOf(const QLocale& locale, QTranslator& translator)
{
  const auto folder = QStringLiteral(":/Tutti/translations");
  const bool isLoaded = translator.load(locale, QStringLiteral("tutti"), QStringLiteral("_"), folder) ||
                        translator.load(QStringLiteral("tutti_en"), folder);
  if (isLoaded) QCoreApplication::installTranslator(&translator);
}

} // namespace tutti::app
