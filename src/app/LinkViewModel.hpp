#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <tutti/engine/Engine.hpp>

#include "window/Asked.hpp"
#include "window/Clock.hpp"

namespace tutti::app {

/// The Link switch, the start/stop switch, how many play along, and what keeps us from hearing them.
///
/// Threads: gui. Wishes leave as signals; what is shown comes back with a snapshot.
class LinkViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(bool isEnabled READ isEnabled NOTIFY isEnabledChanged)
  Q_PROPERTY(bool followsStartStop READ followsStartStop NOTIFY followsStartStopChanged)
  Q_PROPERTY(int peerCount READ peerCount NOTIFY companyChanged)
  Q_PROPERTY(QString peersText READ peersText NOTIFY companyChanged)
  Q_PROPERTY(QString sessionText READ sessionText NOTIFY companyChanged)
  Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)

public:
  explicit LinkViewModel(Clock clock);

  void show(const engine::Snapshot& snapshot);

  [[nodiscard]] bool isEnabled() const { return isEnabled_.value(); }
  [[nodiscard]] bool followsStartStop() const { return followsStartStop_.value(); }
  [[nodiscard]] int peerCount() const { return peerCount_; }
  [[nodiscard]] QString peersText() const; ///< "3 programs", "Alone", "Off"
  [[nodiscard]] QString sessionText() const
  {
    return sessionText_;
  } ///< The session's name, as people read it.
  /// Which network does not work and why; empty when all do.
  [[nodiscard]] QString problem() const { return problem_; }

  Q_INVOKABLE void toggleEnabled();
  Q_INVOKABLE void toggleStartStop();

signals:
  void isEnabledChanged();
  void followsStartStopChanged();
  void companyChanged();
  void problemChanged();

  void enableAsked(bool isWanted);
  void startStopAsked(bool isWanted);

private:
  void showCompany(const link::Status& status);
  void showProblem(const link::Status& status);

  Clock clock_;
  Asked<bool> isEnabled_{false};
  Asked<bool> followsStartStop_{false};
  int peerCount_ = 0;
  QString sessionText_;
  QString problem_;
};

} // namespace tutti::app
