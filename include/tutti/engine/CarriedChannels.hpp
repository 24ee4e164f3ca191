#pragma once

#include <memory>
#include <mutex>
#include <span>

#include <tutti/bridge/Snapshot.hpp>
#include <tutti/linkaudio/LinkAudio.hpp>
#include <tutti/linkaudio/SiteChannels.hpp>
#include <tutti/rt/Mutex.hpp>

namespace tutti::room {
class Session;
}

namespace tutti::engine {

/// Channels that travel between the LANs of a room's sites, for as long as there are a bridge and Link Audio:
/// whichever of them ends first.
///
/// Threads: any; `arrived` does not wait.
class CarriedChannels {
public:
  CarriedChannels();
  ~CarriedChannels();
  CarriedChannels(const CarriedChannels&) = delete;
  CarriedChannels& operator=(const CarriedChannels&) = delete;

  /// There is a bridge in this room, until `part`, which says goodbye to it.
  void meet(room::Session& session);
  void part();
  /// There is Link Audio, until `lose`.
  void use(linkaudio::LinkAudio& audio);
  void lose();

  /// Some times a second.
  void follow(const bridge::Snapshot& bridge);
  void carry(const linkaudio::CarryWish& wish);
  /// A packet of the room, opened. False: it is none of ours.
  bool arrived(net::StreamId from, std::span<const std::byte> packet, HostTime at);

  [[nodiscard]] bool areTravelling() const;
  [[nodiscard]] linkaudio::SiteChannelsSnapshot snapshot() const;

private:
  void begin();
  void end();

  mutable std::mutex mutex_; // guards what follows
  room::Session* session_ = nullptr;
  linkaudio::LinkAudio* audio_ = nullptr;
  linkaudio::CarryWish wish_;
  std::unique_ptr<linkaudio::SiteChannels> channels_;

  rt::Mutex earMutex_;                     // for as long as one packet is taken
  linkaudio::SiteChannels* ear_ = nullptr; // under earMutex_
};

} // namespace tutti::engine
