#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <tutti/engine/Settings.hpp>

namespace tutti::app {

/// Dark, light, or as the desktop is.
///
/// Threads: gui.
class AppearanceViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(bool isDark READ isDark NOTIFY changed)
  Q_PROPERTY(QString iconName READ iconName NOTIFY changed)
  Q_PROPERTY(QString schemeText READ schemeText NOTIFY changed)

public:
  explicit AppearanceViewModel(engine::ColourScheme scheme = engine::ColourScheme::dark);

  [[nodiscard]] bool isDark() const;
  [[nodiscard]] QString iconName() const;
  [[nodiscard]] QString schemeText() const;
  [[nodiscard]] engine::ColourScheme scheme() const { return scheme_; }
  void choose(engine::ColourScheme scheme);

  /// Dark, light, system, and round again.
  Q_INVOKABLE void chooseNext();

signals:
  void changed();

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  engine::ColourScheme scheme_;
};

} // namespace tutti::app
