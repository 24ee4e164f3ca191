#pragma once

#include <QObject>
#include <QThread>
#include <QTimer>

#include <tutti/engine/Engine.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/engine/PatchClerk.hpp>

#include "Stage.hpp"
#include "patchbay/PatchHands.hpp"
#include "patchbay/SessionShelf.hpp"

namespace tutti::app {

/// Between the jam and the patchbay: snapshots one way, wishes the other. Nobody takes levels of a patch that
/// nobody sees.
///
/// The sessions on disk have a thread of their own.
///
/// Threads: gui. Jam, engine and stage outlive it.
class PatchFeed : public QObject {
  Q_OBJECT

public:
  PatchFeed(engine::Jam& jam, engine::Engine& engine, Stage& stage, QObject* parent = nullptr);
  ~PatchFeed() override;

  /// The jam has something new.
  void look();

private:
  void show();
  void watch(bool isShown);

  engine::Jam& jam_;
  Stage& stage_;
  engine::PatchClerk clerk_;
  PatchHands hands_;
  bool isWatched_ = false;
  QTimer compare_;
  QThread disk_;
};

} // namespace tutti::app
