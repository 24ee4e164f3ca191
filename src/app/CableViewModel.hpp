#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <tutti/jam/JamSnapshot.hpp>

#include "window/Wishes.hpp"

namespace tutti::app {

/// How long sound takes through the device, measured by a cable from its output to its input.
///
/// Threads: gui. The wish leaves as a signal of `Wishes`; what came of it comes back with a snapshot.
class CableViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the device hands it out")
  Q_PROPERTY(bool isMeasuring READ isMeasuring NOTIFY changed)
  Q_PROPERTY(QString result READ result NOTIFY changed)
  Q_PROPERTY(QString problem READ problem NOTIFY changed)

public:
  explicit CableViewModel(Wishes& wishes);

  void show(const jam::CableSnapshot& cable);

  [[nodiscard]] bool isMeasuring() const { return shown_.isMeasuring; }
  [[nodiscard]] QString result() const { return shown_.result; } ///< In a sentence; empty before the first.
  [[nodiscard]] QString problem() const { return shown_.problem; }

  Q_INVOKABLE void measure();

signals:
  void changed();

private:
  struct Shown {
    bool isMeasuring = false;
    QString result, problem;
    friend bool operator==(const Shown&, const Shown&) = default;
  };
  static QString resultOf(const jam::CableSnapshot& cable);

  Wishes& wishes_;
  Shown shown_;
};

} // namespace tutti::app
