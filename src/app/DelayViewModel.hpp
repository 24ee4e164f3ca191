#pragma once

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include "window/Asked.hpp"
#include "window/Clock.hpp"
#include "window/Wishes.hpp"

namespace tutti::app {

/// What the delay from one player's instrument to our ear is made of, and how steadily their packets come.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class DelayViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the player hands it out")
  Q_PROPERTY(double total READ total NOTIFY delayChanged)
  Q_PROPERTY(QString totalText READ totalText NOTIFY delayChanged)
  Q_PROPERTY(QList<double> parts READ parts NOTIFY delayChanged)
  Q_PROPERTY(QStringList partTexts READ partTexts NOTIFY delayChanged)
  Q_PROPERTY(QStringList partNames READ partNames NOTIFY partNamesChanged)
  Q_PROPERTY(QList<double> jitter READ jitter NOTIFY jitterChanged)
  Q_PROPERTY(QString jitterText READ jitterText NOTIFY jitterChanged)
  Q_PROPERTY(QString lossText READ lossText NOTIFY lossChanged)
  Q_PROPERTY(QString pathText READ pathText NOTIFY pathChanged)
  Q_PROPERTY(double intent READ intent NOTIFY intentChanged)

public:
  DelayViewModel(jam::PlayerId player, Wishes& wishes, Clock clock);

  void show(const jam::PlayerSnapshot& player, HostTime at);

  [[nodiscard]] double total() const; ///< ms
  [[nodiscard]] QString totalText() const;
  /// In tenths of a millisecond that add up to the total's, whatever was rounded.
  [[nodiscard]] QList<double> parts() const { return parts_; } ///< ms
  [[nodiscard]] QStringList partTexts() const;
  [[nodiscard]] QStringList partNames() const;
  [[nodiscard]] QList<double> jitter() const { return jitter_; } ///< 1: the highest bar.
  [[nodiscard]] QString jitterText() const { return jitterText_; }
  [[nodiscard]] QString lossText() const { return lossText_; }
  [[nodiscard]] QString pathText() const { return pathText_; }
  [[nodiscard]] double intent() const { return intent_.value(); }

  Q_INVOKABLE void askIntent(double intent);

signals:
  void delayChanged();
  void partNamesChanged();
  void jitterChanged();
  void lossChanged();
  void pathChanged();
  void intentChanged();

private:
  void showParts(const stream::DelayParts& parts);
  void showJitter(const jam::PlayerSnapshot& player);

  jam::PlayerId player_;
  Wishes& wishes_;
  Clock clock_;
  QList<double> parts_;
  bool waitsForBeat_ = false;
  QList<double> jitter_;
  QString jitterText_;
  QString lossText_;
  QString pathText_;
  Asked<double> intent_{0.5};
};

} // namespace tutti::app
