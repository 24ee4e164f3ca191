#pragma once

#include <QObject>
#include <QTimer>

#include <atomic>
#include <string>
#include <vector>

#include <tutti/engine/Jam.hpp>
#include <tutti/engine/Settings.hpp>

#include "Band.hpp"

namespace tutti::app {

/// Between the jam and the band: snapshots one way, wishes the other.
///
/// While sound runs, levels are looked at thirty times a second; otherwise only when the jam says that
/// something has changed. The device is opened when it is first needed, so keeping time alone needs none.
///
/// Threads: gui. Jam and band outlive it.
class JamFeed : public QObject {
  Q_OBJECT

public:
  JamFeed(engine::Jam& jam, Band& band, engine::Settings::Musician musician, QObject* parent = nullptr);
  ~JamFeed() override;

signals:
  /// The band shows what the jam is like now.
  void shown();
  /// The musician has said who plays, and on what: to be remembered.
  void musicianChanged(const tutti::engine::Settings::Musician& musician);
  /// A room was joined, or is to be forgotten.
  void roomsChanged(const tutti::engine::Settings::Rooms& rooms);
  /// A player sounds otherwise than before.
  void mixChanged(const tutti::engine::Settings::Mix& mix);
  /// Other servers of the LAN are wanted: to be remembered.
  void streamServersChanged(const std::vector<std::string>& servers);
  /// The switch "Bridge Link" was turned, or what the programs here may change.
  void bridgingChanged(bool isOn, const tutti::bridge::Rights& rights);
  /// Who tries whether rooms hosted here are reached: to be remembered.
  void knownServerChanged(const std::optional<tutti::room::ServerAddress>& server);
  /// A cable has told something of a device: to be remembered.
  void trimMeasured(const tutti::audio::DeviceTrim& trim);

private:
  void carryStripWishes();
  void carryOwnWishes();
  void carryRoomWishes();
  void carryHostWishes();
  void needDevice();
  void retryDevice();
  void toggleRecording(bool isWanted);
  void show();
  void showSoon();

  engine::Jam& jam_;
  Band& band_;
  engine::Settings::Musician musician_;
  engine::Settings::Rooms rooms_;
  engine::Settings::Mix mix_;
  std::vector<std::string> streamServers_;
  engine::BridgeStatus bridging_; // as it was told; without what there is to see
  bool isDeviceAsked_ = false;
  std::uint64_t trimsTold_ = 0;
  QTimer levels_;
  QTimer soon_;
  std::atomic<bool> isNewsOnItsWay_{false}; // both
};

} // namespace tutti::app
