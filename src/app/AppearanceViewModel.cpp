#include "AppearanceViewModel.hpp"

#include <QEvent>
#include <QGuiApplication>
#include <QPalette>

namespace tutti::app {

using engine::ColourScheme;

AppearanceViewModel::AppearanceViewModel(ColourScheme scheme)
  : scheme_{scheme}
{
  // Qt 6.4 knows no colour scheme of the desktop; its palette tells, and tells when it changes.
  qGuiApp->installEventFilter(this);
}

bool AppearanceViewModel::isDark() const
{
  if (scheme_ != ColourScheme::system) return scheme_ == ColourScheme::dark;
  return QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

QString AppearanceViewModel::iconName() const
{
  if (scheme_ == ColourScheme::system) return QStringLiteral("system");
  return isDark() ? QStringLiteral("moon") : QStringLiteral("sun");
}

QString AppearanceViewModel::schemeText() const
{
  switch (scheme_) {
  case ColourScheme::dark:
    return tr("Dark colours");
  case ColourScheme::light:
    return tr("Light colours");
  case ColourScheme::system:
    return tr("Colours of the desktop");
  }
  return {};
}

void AppearanceViewModel::choose(ColourScheme scheme)
{
  if (scheme == scheme_) return;
  scheme_ = scheme;
  emit changed();
}

void AppearanceViewModel::chooseNext()
{
  switch (scheme_) {
  case ColourScheme::dark:
    return choose(ColourScheme::light);
  case ColourScheme::light:
    return choose(ColourScheme::system);
  case ColourScheme::system:
    return choose(ColourScheme::dark);
  }
}

bool AppearanceViewModel::eventFilter(QObject* watched, QEvent* event)
{
  if (watched == qGuiApp && event->type() == QEvent::ApplicationPaletteChange) emit changed();
  return QObject::eventFilter(watched, event);
}

} // namespace tutti::app
