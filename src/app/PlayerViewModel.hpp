#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "DelayModeViewModel.hpp"
#include "DelayViewModel.hpp"
#include "StripViewModel.hpp"

namespace tutti::app {

/// Another member of the room: their strip, their delay, and what a host may do to them.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class PlayerViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(tutti::app::StripViewModel* strip READ strip CONSTANT)
  Q_PROPERTY(tutti::app::DelayViewModel* delay READ delay CONSTANT)
  Q_PROPERTY(tutti::app::DelayModeViewModel* mode READ mode CONSTANT)
  Q_PROPERTY(QString delayText READ delayText NOTIFY stateChanged)
  Q_PROPERTY(QString lossText READ lossText NOTIFY stateChanged)
  Q_PROPERTY(QString spokenState READ spokenState NOTIFY stateChanged)
  Q_PROPERTY(bool isHeard READ isHeard NOTIFY stateChanged)
  Q_PROPERTY(bool isMutedByHost READ isMutedByHost NOTIFY stateChanged)
  Q_PROPERTY(bool isHost READ isHost NOTIFY stateChanged)

public:
  PlayerViewModel(jam::PlayerId id, Wishes& wishes, const Clock& clock);

  void show(const jam::PlayerSnapshot& player, HostTime at);

  [[nodiscard]] const jam::PlayerId& id() const { return id_; }
  [[nodiscard]] StripViewModel* strip() { return &strip_; }
  [[nodiscard]] DelayViewModel* delay() { return &delay_; }
  [[nodiscard]] DelayModeViewModel* mode() { return &mode_; }
  /// "18 ms", or what there is instead: "silent", "muted by host".
  [[nodiscard]] QString delayText() const { return state_.delay; }
  /// "1.2 %" of what they play was lost or late; empty when nothing worth a light was.
  [[nodiscard]] QString lossText() const { return state_.loss; }
  [[nodiscard]] QString spokenState() const;
  [[nodiscard]] bool isHeard() const { return state_.isHeard; }
  [[nodiscard]] bool isMutedByHost() const { return state_.isMutedByHost; }
  [[nodiscard]] bool isHost() const { return state_.isHost; }

  Q_INVOKABLE void kick();
  Q_INVOKABLE void toggleMutedByHost();

signals:
  void stateChanged();

private:
  struct State {
    QString delay, loss;
    bool isHeard = false;
    bool isMutedByHost = false;
    bool isHost = false;
    friend bool operator==(const State&, const State&) = default;
  };
  static State stateOf(const jam::PlayerSnapshot& player);

  jam::PlayerId id_;
  Wishes& wishes_;
  StripViewModel strip_;
  DelayViewModel delay_;
  DelayModeViewModel mode_;
  State state_;
};

} // namespace tutti::app
