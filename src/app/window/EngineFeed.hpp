#pragma once

#include <QObject>
#include <QTimer>

#include <atomic>

#include <tutti/engine/Engine.hpp>

#include "Stage.hpp"

namespace tutti::app {

/// Between the engine and the stage: snapshots one way, wishes the other.
///
/// A snapshot is taken when the engine says that something changed and after each wish, at most thirty times
/// a second; and four times a second for what changes without a word, such as the sync-quality plot. So an
/// idle window costs next to nothing.
///
/// Threads: gui. Engine and stage outlive it.
class EngineFeed : public QObject {
  Q_OBJECT

public:
  EngineFeed(engine::Engine& engine, Stage& stage, QObject* parent = nullptr);
  ~EngineFeed() override;

signals:
  /// A snapshot was shown.
  void shown(const tutti::engine::Snapshot& snapshot);

private:
  void carryWishes();
  void showSoon();
  void show();

  engine::Engine& engine_;
  Stage& stage_;
  QTimer glance_;
  QTimer soon_;
  std::atomic<bool> isNewsOnItsWay_{false}; // both control and gui
};

} // namespace tutti::app
