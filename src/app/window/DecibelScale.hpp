#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace tutti::app {

/// Where decibels stand on faders and meters: much room near full scale, where hands and eyes need it.
///
/// Positions go from 0 (silence) to 1 (the most there is).
///
/// Threads: any; stateless.
class DecibelScale : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_SINGLETON
  Q_PROPERTY(double highest READ highest CONSTANT)
  Q_PROPERTY(double lowest READ lowest CONSTANT)
  Q_PROPERTY(QList<double> marks READ marks CONSTANT)

public:
  static constexpr double kHighest = 10; // dB: a shy microphone, but no accident
  static constexpr double kLowest = -60; // dB: below that is silence

  using QObject::QObject;

  [[nodiscard]] double highest() const { return kHighest; }
  [[nodiscard]] double lowest() const { return kLowest; }
  [[nodiscard]] QList<double> marks() const; ///< Where a line with a number belongs, in dB.

  Q_INVOKABLE static double position(double decibels);
  /// Minus infinity at the very bottom.
  Q_INVOKABLE static double decibels(double position);
  /// To a tenth, within the scale; what is below it is minus infinity.
  static double tidy(double decibels);
  /// "−6.0", "+3.5", "−∞".
  Q_INVOKABLE static QString text(double decibels);
};

} // namespace tutti::app
