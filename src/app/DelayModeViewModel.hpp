#pragma once

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include "window/Asked.hpp"
#include "window/Clock.hpp"
#include "window/Wishes.hpp"

namespace tutti::app {

/// Whether a player's delay is as short as is safe, or what the musician has chosen: a fixed time, or beats.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class DelayModeViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the player hands it out")
  Q_PROPERTY(bool isShort READ isShort NOTIFY changed)
  Q_PROPERTY(bool isSteady READ isSteady NOTIFY changed)
  Q_PROPERTY(int milliseconds READ milliseconds NOTIFY changed)
  Q_PROPERTY(bool isTooShort READ isTooShort NOTIFY changed)
  Q_PROPERTY(int shortest READ shortest CONSTANT)
  Q_PROPERTY(int longest READ longest CONSTANT)
  Q_PROPERTY(bool isInBeats READ isInBeats NOTIFY changed)
  Q_PROPERTY(int beats READ beats NOTIFY changed)
  Q_PROPERTY(int mostBeats READ mostBeats CONSTANT)
  Q_PROPERTY(QString problem READ problem NOTIFY changed)

public:
  static constexpr int kShortest = 5;  // ms
  static constexpr int kLongest = 200; // ms; nobody plays together over more
  static constexpr int kStep = 5;      // ms
  static constexpr int kUsualBeats = 4;

  DelayModeViewModel(jam::PlayerId player, Wishes& wishes, Clock clock);

  void show(const jam::PlayerSnapshot& player, HostTime at);

  [[nodiscard]] bool isShort() const { return mode_.value().kind == stream::DelayMode::Kind::live; }
  [[nodiscard]] bool isSteady() const { return mode_.value().kind == stream::DelayMode::Kind::steady; }
  /// Of the fixed time, or what it would be.
  [[nodiscard]] int milliseconds() const;
  /// The other parts of the delay alone take longer.
  [[nodiscard]] bool isTooShort() const { return isTooShort_; }
  [[nodiscard]] int shortest() const { return kShortest; }
  [[nodiscard]] int longest() const { return kLongest; }
  [[nodiscard]] bool isInBeats() const { return mode_.value().kind == stream::DelayMode::Kind::beats; }
  [[nodiscard]] int beats() const { return isInBeats() ? mode_.value().beats : kUsualBeats; }
  [[nodiscard]] int mostBeats() const { return stream::DelayMode::kMostBeats; }
  /// Why the beats cannot be kept now, and what to do.
  [[nodiscard]] QString problem() const { return isInBeats() ? problem_ : QString{}; }

  Q_INVOKABLE void chooseShort();
  /// Begins with what the delay is now, and a little to spare.
  Q_INVOKABLE void chooseSteady();
  Q_INVOKABLE void step(int steps);
  /// Begins with a bar.
  Q_INVOKABLE void chooseBeats();
  Q_INVOKABLE void stepBeats(int steps);

signals:
  void changed();

private:
  void ask(stream::DelayMode mode);

  jam::PlayerId player_;
  Wishes& wishes_;
  Clock clock_;
  Asked<stream::DelayMode> mode_;
  int now_ = kShortest; // ms; the delay as it is, in whole steps
  bool isTooShort_ = false;
  QString problem_;
};

} // namespace tutti::app
