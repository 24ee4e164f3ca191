#pragma once

#include <map>
#include <mutex>
#include <set>
#include <vector>

#include <tutti/net/BatchSocket.hpp>
#include <tutti/net/Srtp.hpp>
#include <tutti/room/Session.hpp>
#include <tutti/rt/Mutex.hpp>

namespace tutti::room {

/// The media socket with its two sides: what leaves is sealed, what comes is opened.
///
/// Threads: the sending side *any*, a short lock serialises it; the rest the media thread only.
class MediaPort {
public:
  explicit MediaPort(net::BatchSocket socket)
    : socket_{std::move(socket)}
    , port_{socket_.local().port}
  {}

  [[nodiscard]] int descriptor() const { return socket_.descriptor(); }
  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// Sealed once, to all routes.
  bool sendMedia(std::span<std::byte> buffer, std::size_t size);
  /// A packet of our control stream: to one address, or to all routes.
  void sendControl(std::uint16_t slot, std::span<const std::byte> payload, const std::optional<Endpoint>& to);
  void sendPlain(std::span<const std::byte> datagram, const Endpoint& to);
  void useKey(const KeyLetter& letter);
  void setRoutes(std::vector<Endpoint> routes);

  void addKey(std::uint16_t slot, const KeyLetter& letter);
  void forget(std::uint16_t slot);
  void mute(std::set<std::uint16_t> slots) { muted_ = std::move(slots); }

  std::span<net::Incoming> receive() { return socket_.receive(); }

  struct Opened {
    net::StreamId id;
    std::span<const std::byte> packet;
    bool isControl = false;
    bool isRoadNews = false; ///< the first from there for a while: paths want to know
  };
  /// A packet that came from where its sender is not.
  void refuseStranger() { ++refused_.stranger; }
  /// Nothing for what nobody may hear; it is counted.
  std::optional<Opened> open(const net::Incoming& packet);
  [[nodiscard]] const Session::Refused& refused() const { return refused_; }

private:
  struct Sender {
    net::SrtpOpener opener;
    Endpoint from;
    HostTime reportedAt{};
  };
  void sendToRoutes(std::span<const std::byte> sealed);

  net::BatchSocket socket_; // its two sides do not meet
  const std::uint16_t port_;
  rt::Mutex sending_; // guards what follows, and the sending side of the socket
  net::SrtpSealer sealer_;
  std::vector<Endpoint> routes_;
  std::vector<net::Outgoing> out_;
  std::uint16_t controlSequence_ = 0;
  std::map<std::uint16_t, Sender> senders_; // media thread
  std::set<std::uint16_t> muted_;           // media thread
  Session::Refused refused_;                // media thread
};

} // namespace tutti::room
