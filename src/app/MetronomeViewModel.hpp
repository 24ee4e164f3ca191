#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "StripViewModel.hpp"

namespace tutti::app {

/// The click: on or off, and how loud.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class MetronomeViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(tutti::app::StripViewModel* strip READ strip CONSTANT)
  Q_PROPERTY(bool isOn READ isOn NOTIFY isOnChanged)

public:
  MetronomeViewModel(Wishes& wishes, Clock clock);

  void show(const jam::MetronomeSnapshot& metronome, HostTime at);

  [[nodiscard]] StripViewModel* strip() { return &strip_; }
  [[nodiscard]] bool isOn() const { return isOn_.value(); }

  Q_INVOKABLE void toggle();

signals:
  void isOnChanged();

private:
  Wishes& wishes_;
  Clock clock_;
  StripViewModel strip_;
  Asked<bool> isOn_{false};
};

} // namespace tutti::app
