#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "StripViewModel.hpp"

namespace tutti::app {

/// Ourselves: who we are, our strip, and who hears us.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class OwnViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(tutti::app::StripViewModel* strip READ strip CONSTANT)
  Q_PROPERTY(bool isMonitoring READ isMonitoring NOTIFY isMonitoringChanged)
  Q_PROPERTY(bool isMutedToRoom READ isMutedToRoom NOTIFY isMutedToRoomChanged)
  Q_PROPERTY(bool isTalking READ isTalking NOTIFY isTalkingChanged)
  Q_PROPERTY(bool isUnknown READ isUnknown NOTIFY isUnknownChanged)

public:
  OwnViewModel(Wishes& wishes, Clock clock);

  void show(const jam::OwnSnapshot& own, HostTime at);

  [[nodiscard]] StripViewModel* strip() { return &strip_; }
  [[nodiscard]] bool isMonitoring() const { return isMonitoring_.value(); }
  [[nodiscard]] bool isMutedToRoom() const { return isMutedToRoom_.value(); }
  [[nodiscard]] bool isTalking() const { return isTalking_.value(); }
  [[nodiscard]] bool isUnknown() const { return isUnknown_; } ///< We never said what we are called.

  Q_INVOKABLE void toggleMonitor();
  Q_INVOKABLE void toggleMutedToRoom();
  Q_INVOKABLE void talk(bool isWanted);
  Q_INVOKABLE void introduce(const QString& name, const QString& instrument);

signals:
  void isMonitoringChanged();
  void isMutedToRoomChanged();
  void isTalkingChanged();
  void isUnknownChanged();

private:
  Wishes& wishes_;
  Clock clock_;
  StripViewModel strip_;
  Asked<bool> isMonitoring_{false};
  Asked<bool> isMutedToRoom_{false};
  Asked<bool> isTalking_{false};
  bool isUnknown_ = false;
};

} // namespace tutti::app
