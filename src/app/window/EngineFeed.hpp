#pragma once

#include <QObject>
#include <QTimer>

#include <tutti/engine/Engine.hpp>

#include "Stage.hpp"

namespace tutti::app {

/// Between the engine and the stage: snapshots one way, wishes the other.
///
/// Thirty times a second it glances at the beat grid, which is cheap; a whole snapshot is taken when the grid
/// changed, after each wish, and four times a second for what else there is to see. So an idle window costs
/// next to nothing.
///
/// Threads: gui. Engine and stage outlive it.
class EngineFeed : public QObject {
  Q_OBJECT

public:
  EngineFeed(engine::Engine& engine, Stage& stage, QObject* parent = nullptr);

signals:
  /// A snapshot was shown.
  void shown(const tutti::engine::Snapshot& snapshot);

private:
  void carryWishes();
  void tick();
  void show();

  engine::Engine& engine_;
  Stage& stage_;
  QTimer ticker_;
  time::BeatGrid grid_;
  HostTime next_{};
};

} // namespace tutti::app
