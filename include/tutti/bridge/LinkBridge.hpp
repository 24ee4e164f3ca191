#pragma once

#include <memory>

#include <tutti/bridge/Snapshot.hpp>

namespace asio {
class io_context;
}
namespace tutti::link {
class Link;
}
namespace tutti::room {
class Session;
}

namespace tutti::bridge {

/// A bridge at work: while it exists, the Link programs of this LAN are in one session with those of all
/// others in the room who bridge.
///
/// It takes the Link peer in its service; whoever owns it goes on to use it as ever. Enabling the peer is the
/// owner's business. One bridge for a peer at a time, and one for a session.
///
/// Threads: any, but construction and destruction not from `control`, whose thread must be running until this
///          object is gone. The destructor says goodbye to the room and to the LAN, and waits for `control`
///          to do so.
class LinkBridge {
public:
  /// `link` lives on `control`. All three outlive this object.
  LinkBridge(link::Link& link, asio::io_context& control, room::Session& session, const Rights& ours);
  ~LinkBridge();
  LinkBridge(const LinkBridge&) = delete;
  LinkBridge& operator=(const LinkBridge&) = delete;

  /// What the programs here may change for everybody, from now on.
  void setRights(const Rights& ours);

  /// At most a quarter of a second old. Cheap enough for 30 times a second.
  [[nodiscard]] Snapshot snapshot() const;

private:
  class Machinery;
  room::Session& session_;
  asio::io_context& control_;
  std::shared_ptr<Machinery> machinery_;
};

} // namespace tutti::bridge
