#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <tutti/engine/Engine.hpp>

#include "AppearanceViewModel.hpp"
#include "LinkViewModel.hpp"
#include "NewsViewModel.hpp"
#include "PatchViewModel.hpp"
#include "PeersViewModel.hpp"
#include "SessionsViewModel.hpp"
#include "SyncViewModel.hpp"
#include "TempoViewModel.hpp"
#include "TransportViewModel.hpp"
#include "window/Band.hpp"
#include "window/Clock.hpp"

namespace tutti::app {

/// All panels of the window together.
///
/// `show` is the only way in and the view-models' signals are the only way out, so the window neither knows
/// nor needs an engine: prepared snapshots show it as well.
///
/// Threads: gui.
class Stage : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the window hands it out")
  Q_PROPERTY(tutti::app::TransportViewModel* transport READ transport CONSTANT)
  Q_PROPERTY(tutti::app::TempoViewModel* tempo READ tempo CONSTANT)
  Q_PROPERTY(tutti::app::LinkViewModel* link READ link CONSTANT)
  Q_PROPERTY(tutti::app::PeersViewModel* peers READ peers CONSTANT)
  Q_PROPERTY(tutti::app::SyncViewModel* sync READ sync CONSTANT)
  Q_PROPERTY(tutti::app::NewsViewModel* news READ news CONSTANT)
  Q_PROPERTY(tutti::app::AppearanceViewModel* appearance READ appearance CONSTANT)
  Q_PROPERTY(tutti::app::Band* band READ band CONSTANT)
  Q_PROPERTY(tutti::app::PatchViewModel* patch READ patch CONSTANT)
  Q_PROPERTY(tutti::app::SessionsViewModel* sessions READ sessions CONSTANT)

public:
  explicit Stage(const Clock& clock);

  void show(const engine::Snapshot& snapshot);

  [[nodiscard]] TransportViewModel* transport() { return &transport_; }
  [[nodiscard]] TempoViewModel* tempo() { return &tempo_; }
  [[nodiscard]] LinkViewModel* link() { return &link_; }
  [[nodiscard]] PeersViewModel* peers() { return &peers_; }
  [[nodiscard]] SyncViewModel* sync() { return &sync_; }
  [[nodiscard]] NewsViewModel* news() { return &news_; }
  [[nodiscard]] AppearanceViewModel* appearance() { return &appearance_; }
  [[nodiscard]] Band* band() { return &band_; }             ///< Shown by snapshots of its own.
  [[nodiscard]] PatchViewModel* patch() { return &patch_; } ///< The same.
  [[nodiscard]] SessionsViewModel* sessions() { return &sessions_; }

private:
  TransportViewModel transport_;
  TempoViewModel tempo_;
  LinkViewModel link_;
  PeersViewModel peers_;
  SyncViewModel sync_;
  NewsViewModel news_;
  AppearanceViewModel appearance_;
  Band band_;
  PatchViewModel patch_;
  SessionsViewModel sessions_;
};

} // namespace tutti::app
