#pragma once

#include <QtQml/qqmlregistration.h>

#include <tutti/engine/Engine.hpp>

#include "window/PhaseSeries.hpp"

namespace tutti::app {

/// How tightly the peers' clocks agree with ours, as a picture and in words.
///
/// Threads: gui.
class SyncViewModel : public tutti::app::PhaseSeries { // its full name: QML types are registered by it
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(QString verdict READ verdict NOTIFY changed)
  Q_PROPERTY(QString detail READ detail NOTIFY changed)

public:
  using PhaseSeries::PhaseSeries;

  void show(const engine::Snapshot& snapshot);

  [[nodiscard]] QString verdict() const { return verdict_; } ///< "Tight: within 12 µs"; empty while alone.
  [[nodiscard]] QString detail() const { return detail_; }   ///< Where that figure comes from.

private:
  [[nodiscard]] QString verdictOn(const link::Status& status) const;
  static QString detailOf(const link::Status& status);

  QString verdict_;
  QString detail_;
};

} // namespace tutti::app
