#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "window/Asked.hpp"
#include "window/Clock.hpp"
#include "window/Wishes.hpp"

namespace tutti::app {

/// The recorder: one button, and how long it runs.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class RecordingViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(bool isOn READ isOn NOTIFY isOnChanged)
  Q_PROPERTY(QString timeText READ timeText NOTIFY timeChanged)
  Q_PROPERTY(QString folder READ folder NOTIFY folderChanged)

public:
  RecordingViewModel(Wishes& wishes, Clock clock);

  void show(const jam::JamSnapshot& snapshot);

  [[nodiscard]] bool isOn() const { return isOn_.value(); }
  [[nodiscard]] QString timeText() const { return time_; }
  [[nodiscard]] QString folder() const { return folder_; } ///< Empty while nothing is recorded.

  Q_INVOKABLE void toggle();

signals:
  void isOnChanged();
  void timeChanged();
  void folderChanged();

private:
  Wishes& wishes_;
  Clock clock_;
  Asked<bool> isOn_{false};
  QString time_;
  QString folder_;
};

} // namespace tutti::app
