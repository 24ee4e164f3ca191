#pragma once

#include <QCoreApplication>
#include <QString>
#include <memory>

#include <tutti/engine/Autosave.hpp>
#include <tutti/engine/Engine.hpp>
#include <tutti/engine/PatchClerk.hpp>
#include <tutti/engine/PatchDoor.hpp>

namespace tutti::app {

/// The window's patch beyond the window: as it was after a crash, kept on disk against the next one, and open
/// to `tutti patch`.
///
/// Threads: gui. Jam and engine outlive it.
class PatchKeeping {
  Q_DECLARE_TR_FUNCTIONS(PatchKeeping)

public:
  PatchKeeping(engine::Jam& jam, engine::Engine& engine);

  /// One line for the musician; empty when there is nothing to say.
  [[nodiscard]] const QString& notice() const { return notice_; }

private:
  void restore();

  engine::PatchClerk clerk_;
  QString notice_;
  bool isRestored_ = false;
  std::unique_ptr<engine::Autosave> autosave_;
  std::unique_ptr<engine::PatchDoor> door_;
};

} // namespace tutti::app
