#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "BridgeViewModel.hpp"
#include "ChatViewModel.hpp"
#include "DeviceViewModel.hpp"
#include "HostingViewModel.hpp"
#include "MetronomeViewModel.hpp"
#include "OffersViewModel.hpp"
#include "OwnViewModel.hpp"
#include "PlayersViewModel.hpp"
#include "RecordingViewModel.hpp"
#include "RoomViewModel.hpp"

namespace tutti::app {

/// All panels of playing together: the mixer, the room, the delay, the sound device.
///
/// `show` is the only way in and `wishes` the only way out, so the window neither knows nor needs a jam:
/// prepared snapshots show it as well.
///
/// Threads: gui.
class Band : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(tutti::app::OwnViewModel* own READ own CONSTANT)
  Q_PROPERTY(tutti::app::PlayersViewModel* players READ players CONSTANT)
  Q_PROPERTY(tutti::app::StripViewModel* master READ master CONSTANT)
  Q_PROPERTY(bool isSoloActive READ isSoloActive NOTIFY isSoloActiveChanged)
  Q_PROPERTY(tutti::app::MetronomeViewModel* metronome READ metronome CONSTANT)
  Q_PROPERTY(tutti::app::RoomViewModel* room READ room CONSTANT)
  Q_PROPERTY(tutti::app::HostingViewModel* hosting READ hosting CONSTANT)
  Q_PROPERTY(tutti::app::BridgeViewModel* bridge READ bridge CONSTANT)
  Q_PROPERTY(tutti::app::OffersViewModel* offers READ offers CONSTANT)
  Q_PROPERTY(tutti::app::ChatViewModel* chat READ chat CONSTANT)
  Q_PROPERTY(tutti::app::DeviceViewModel* device READ device CONSTANT)
  Q_PROPERTY(tutti::app::RecordingViewModel* recording READ recording CONSTANT)

public:
  explicit Band(const Clock& clock);

  void show(const jam::JamSnapshot& snapshot);
  void show(const engine::BridgeStatus& bridge, HostTime at);
  void show(const std::optional<serve::Reach>& reach) { hosting_.show(reach); }
  [[nodiscard]] Wishes* wishes() { return &wishes_; }

  [[nodiscard]] OwnViewModel* own() { return &own_; }
  [[nodiscard]] PlayersViewModel* players() { return &players_; }
  [[nodiscard]] StripViewModel* master() { return &master_; }
  /// Somebody is soloed: all others are silent.
  [[nodiscard]] bool isSoloActive() const { return isSoloActive_.value(); }
  /// Nothing for a player who is not here.
  [[nodiscard]] StripViewModel* strip(const jam::StripId& id);
  [[nodiscard]] MetronomeViewModel* metronome() { return &metronome_; }
  [[nodiscard]] RoomViewModel* room() { return &room_; }
  [[nodiscard]] HostingViewModel* hosting() { return &hosting_; }
  [[nodiscard]] BridgeViewModel* bridge() { return &bridge_; }
  [[nodiscard]] OffersViewModel* offers() { return &offers_; }
  [[nodiscard]] ChatViewModel* chat() { return &chat_; }
  [[nodiscard]] DeviceViewModel* device() { return &device_; }
  [[nodiscard]] RecordingViewModel* recording() { return &recording_; }

  Q_INVOKABLE void endSolo();

signals:
  void isSoloActiveChanged();

private:
  Clock clock_;
  Wishes wishes_;
  OwnViewModel own_;
  PlayersViewModel players_;
  StripViewModel master_;
  Asked<bool> isSoloActive_{false};
  MetronomeViewModel metronome_;
  RoomViewModel room_;
  HostingViewModel hosting_;
  BridgeViewModel bridge_;
  OffersViewModel offers_;
  ChatViewModel chat_;
  DeviceViewModel device_;
  RecordingViewModel recording_;
};

} // namespace tutti::app
