#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include <tutti/link/Status.hpp>

namespace tutti::app {

/// Measurements of one clock against another, as a picture: what `SyncPlot` paints.
///
/// Threads: gui.
class PhaseSeries : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("those who measure are it")
  Q_PROPERTY(bool hasPoints READ hasPoints NOTIFY changed)
  Q_PROPERTY(QString scaleText READ scaleText NOTIFY changed)
  Q_PROPERTY(QString spanText READ spanText NOTIFY changed)

public:
  using QObject::QObject;

  [[nodiscard]] bool hasPoints() const { return !points_.empty(); }
  [[nodiscard]] QString scaleText() const; ///< What the top edge of the plot means.
  [[nodiscard]] QString spanText() const;  ///< What its left edge means.

  [[nodiscard]] const std::vector<link::SyncPoint>& points() const { return points_; }
  /// A round figure that most points lie within: the plot reaches from minus to plus this.
  [[nodiscard]] Micros scale() const { return scale_; }

signals:
  void changed();

protected:
  /// True if they are others than before; whoever calls says so by `changed`.
  bool take(const std::vector<link::SyncPoint>& points);
  /// How far off nine of ten of the last few were, and what is not known of them.
  [[nodiscard]] Micros recentError() const;

private:
  std::vector<link::SyncPoint> points_;
  Micros scale_{100};
};

} // namespace tutti::app
