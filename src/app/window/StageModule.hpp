#pragma once

#include <QLocale>
#include <QTranslator>

#include "Stage.hpp"

class QQmlApplicationEngine;
class QQmlEngine;
class QQuickWindow;

namespace tutti::app {

/// Lets QML find the window's types.
void findStageModule(QQmlEngine& engine);

/// Loads the window's QML with this stage behind it, not yet shown; nothing if the QML does not load.
QQuickWindow* openStage(QQmlApplicationEngine& qml, Stage& stage);

/// Installs the texts of a language, English where there are none (its plurals are a translation, too).
void speakLanguageOf(const QLocale& locale, QTranslator& translator);

} // namespace tutti::app
