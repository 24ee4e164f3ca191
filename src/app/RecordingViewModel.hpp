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
  Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)

public:
  RecordingViewModel(Wishes& wishes, Clock clock);

  void show(const jam::JamSnapshot& snapshot);

  [[nodiscard]] bool isOn() const { return isOn_.value(); }
  [[nodiscard]] QString timeText() const { return time_; }
  [[nodiscard]] QString folder() const { return folder_; } ///< Empty while nothing is recorded.

  /// What went wrong, or where the last recording is; until it is dismissed.
  [[nodiscard]] QString notice() const { return notice_; }

  Q_INVOKABLE void toggle();
  Q_INVOKABLE void dismissNotice() { setNotice({}); }

signals:
  void isOnChanged();
  void timeChanged();
  void folderChanged();
  void noticeChanged();

private:
  void showFolder(const QString& folder);
  void showProblem(const QString& problem);
  void setNotice(const QString& notice);

  Wishes& wishes_;
  Clock clock_;
  Asked<bool> isOn_{false};
  QString time_;
  QString folder_;
  QString problem_;
  QString notice_;
};

} // namespace tutti::app
