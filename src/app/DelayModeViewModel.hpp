#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "window/Asked.hpp"
#include "window/Clock.hpp"
#include "window/Wishes.hpp"

namespace tutti::app {

/// Whether a player's delay is as short as is safe, or a fixed time that the musician has chosen.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class DelayModeViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the player hands it out")
  Q_PROPERTY(bool isSteady READ isSteady NOTIFY changed)
  Q_PROPERTY(int milliseconds READ milliseconds NOTIFY changed)
  Q_PROPERTY(bool isTooShort READ isTooShort NOTIFY changed)
  Q_PROPERTY(int shortest READ shortest CONSTANT)
  Q_PROPERTY(int longest READ longest CONSTANT)

public:
  static constexpr int kShortest = 5;  // ms
  static constexpr int kLongest = 200; // ms; nobody plays together over more
  static constexpr int kStep = 5;      // ms

  DelayModeViewModel(jam::PlayerId player, Wishes& wishes, Clock clock);

  void show(const jam::PlayerSnapshot& player, HostTime at);

  [[nodiscard]] bool isSteady() const { return steady_.value() > 0; }
  /// Of the fixed time, or what it would be.
  [[nodiscard]] int milliseconds() const;
  /// The other parts of the delay alone take longer.
  [[nodiscard]] bool isTooShort() const { return isTooShort_; }
  [[nodiscard]] int shortest() const { return kShortest; }
  [[nodiscard]] int longest() const { return kLongest; }

  /// Begins with what the delay is now, and a little to spare.
  Q_INVOKABLE void toggle();
  Q_INVOKABLE void step(int steps);

signals:
  void changed();

private:
  void ask(int milliseconds);

  jam::PlayerId player_;
  Wishes& wishes_;
  Clock clock_;
  Asked<int> steady_{0}; // ms; 0: live
  int now_ = kShortest;  // ms; the delay as it is, in whole steps
  bool isTooShort_ = false;
};

} // namespace tutti::app
