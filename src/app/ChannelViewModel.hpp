#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "LevelViewModel.hpp"
#include "window/Asked.hpp"
#include "window/Clock.hpp"
#include "window/Wishes.hpp"

namespace tutti::app {

/// One channel of a strip: its fader, pan, three keys and meter.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class ChannelViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the strip hands it out")
  Q_PROPERTY(double gain READ gain NOTIFY gainChanged)
  Q_PROPERTY(QString gainText READ gainText NOTIFY gainChanged)
  Q_PROPERTY(double pan READ pan NOTIFY panChanged)
  Q_PROPERTY(QString panText READ panText NOTIFY panChanged)
  Q_PROPERTY(bool isMuted READ isMuted NOTIFY isMutedChanged)
  Q_PROPERTY(bool isSoloed READ isSoloed NOTIFY isSoloedChanged)
  Q_PROPERTY(bool isInverted READ isInverted NOTIFY isInvertedChanged)
  Q_PROPERTY(bool isSilenced READ isSilenced NOTIFY isSilencedChanged)
  Q_PROPERTY(tutti::app::LevelViewModel* level READ level CONSTANT)

public:
  ChannelViewModel(jam::StripId strip, int channel, Wishes& wishes, Clock clock);

  void show(const jam::ChannelSnapshot& channel, HostTime at);

  [[nodiscard]] double gain() const { return gain_.value(); } ///< dB
  [[nodiscard]] QString gainText() const;                     ///< "−3.0 dB"
  [[nodiscard]] double pan() const { return pan_.value(); }   ///< -1 … 1
  [[nodiscard]] QString panText() const;                      ///< "Centre", "L 20", "R 100"
  [[nodiscard]] bool isMuted() const { return isMuted_.value(); }
  [[nodiscard]] bool isSoloed() const { return isSoloed_.value(); }
  [[nodiscard]] bool isInverted() const { return isInverted_.value(); }
  [[nodiscard]] bool isSilenced() const { return isSilenced_; } ///< By the solo of others.
  [[nodiscard]] LevelViewModel* level() { return &level_; }

  Q_INVOKABLE void askGain(double decibels);
  Q_INVOKABLE void nudgeGain(double decibels);
  Q_INVOKABLE void askPan(double pan);
  Q_INVOKABLE void toggleMute();
  Q_INVOKABLE void toggleSolo();
  Q_INVOKABLE void toggleInvert();

signals:
  void gainChanged();
  void panChanged();
  void isMutedChanged();
  void isSoloedChanged();
  void isInvertedChanged();
  void isSilencedChanged();

private:
  jam::StripId strip_;
  int channel_;
  Wishes& wishes_;
  Clock clock_;
  Asked<double> gain_{0};
  Asked<double> pan_{0};
  Asked<bool> isMuted_{false};
  Asked<bool> isSoloed_{false};
  Asked<bool> isInverted_{false};
  bool isSilenced_ = false;
  LevelViewModel level_;
};

} // namespace tutti::app
