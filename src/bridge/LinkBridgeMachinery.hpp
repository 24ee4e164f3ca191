#pragma once

#include <memory>
#include <mutex>
#include <set>

#include <asio/io_context.hpp>

#include <tutti/bridge/LinkBridge.hpp>
#include <tutti/bridge/Site.hpp>
#include <tutti/discovery/Alarm.hpp>
#include <tutti/link/Link.hpp>
#include <tutti/room/Session.hpp>

#include "Showing.hpp"

namespace tutti::bridge {

/// Drives a site: shows it the LAN, the room and the time, and does what it says.
///
/// Threads: control, but for `snapshot`. Whatever is still on its way to it when it ends finds it gone.
class LinkBridge::Machinery : public std::enable_shared_from_this<Machinery> {
public:
  Machinery(link::Link& link, asio::io_context& control, room::Session& session, const Rights& ours);

  void begin();
  void end();
  void setRights(const Rights& ours);
  void hear(const room::Ensemble::BridgeWord& word);

  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const; // any

private:
  void seeLan(const link::LanView& view);
  void look(HostTime now);
  void wake();
  void arm();
  void perform(const Site::Actions& actions, HostTime now);
  void say(const Message& message);
  void publish(HostTime now);

  link::Link& link_;
  room::Session& session_;
  Site site_;
  Rights rights_;
  Showing::Members members_;
  Showing showing_;
  HostTime lookAt_{};
  discovery::Alarm alarm_;
  bool isOver_ = false;

  mutable std::mutex snapshotMutex_;
  std::shared_ptr<const Snapshot> snapshot_; // under snapshotMutex_
};

} // namespace tutti::bridge
