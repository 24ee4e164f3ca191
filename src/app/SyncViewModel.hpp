#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include <tutti/engine/Engine.hpp>

namespace tutti::app {

/// How tightly the peers' clocks agree with ours, as a picture and in words.
///
/// Threads: gui.
class SyncViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(bool hasPoints READ hasPoints NOTIFY changed)
  Q_PROPERTY(QString verdict READ verdict NOTIFY changed)
  Q_PROPERTY(QString detail READ detail NOTIFY changed)
  Q_PROPERTY(QString scaleText READ scaleText NOTIFY changed)
  Q_PROPERTY(QString spanText READ spanText NOTIFY changed)

public:
  using QObject::QObject;

  void show(const engine::Snapshot& snapshot);

  [[nodiscard]] bool hasPoints() const { return !points_.empty(); }
  [[nodiscard]] QString verdict() const { return verdict_; } ///< "Tight: within 12 µs"; empty while alone.
  [[nodiscard]] QString detail() const { return detail_; }   ///< Where that figure comes from.
  [[nodiscard]] QString scaleText() const;                   ///< What the top edge of the plot means.
  [[nodiscard]] QString spanText() const;                    ///< What its left edge means.

  [[nodiscard]] const std::vector<link::SyncPoint>& points() const { return points_; }
  /// A round figure that most points lie within: the plot reaches from minus to plus this.
  [[nodiscard]] Micros scale() const { return scale_; }

signals:
  void changed();

private:
  [[nodiscard]] QString verdictOn(const link::Status& status) const;
  static QString detailOf(const link::Status& status);

  std::vector<link::SyncPoint> points_;
  Micros scale_{100};
  QString verdict_;
  QString detail_;
};

} // namespace tutti::app
