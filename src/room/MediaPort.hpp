#pragma once

#include <array>
#include <map>
#include <mutex>
#include <set>
#include <vector>

#include <tutti/net/BatchSocket.hpp>
#include <tutti/net/Srtp.hpp>
#include <tutti/room/Session.hpp>
#include <tutti/rt/Mutex.hpp>

#include "RelayConnections.hpp"

namespace tutti::room {

/// The media socket with its two sides: what leaves is sealed, what comes is opened.
///
/// Threads: the sending side *any*, a short lock serialises it; the rest the media thread only.
class MediaPort {
public:
  /// Packets for relays that are reached by connections go to `connections`.
  MediaPort(net::BatchSocket socket, RelayConnections& connections)
    : socket_{std::move(socket)}
    , port_{socket_.local().port}
    , connections_{connections}
  {}

  [[nodiscard]] int descriptor() const { return socket_.descriptor(); }
  /// Of the second port; -1: there is none.
  [[nodiscard]] int spareDescriptor() const { return spare_ ? spare_->descriptor() : -1; }
  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// Sealed once, to all routes.
  bool sendMedia(std::span<std::byte> buffer, std::size_t size);
  /// A packet of our control stream: to one address, or to all routes.
  void sendControl(std::uint16_t slot, std::span<const std::byte> payload, const std::optional<Way>& to);
  void sendPlain(std::span<const std::byte> datagram, const Way& to);
  /// To a relay's server itself. The second port is opened when it is first needed.
  void sendToServer(OwnRelays::Port port, std::span<const std::byte> datagram, const Endpoint& server);
  void useKey(const KeyLetter& letter);
  void setRoutes(std::vector<Way> routes);
  void setCarriers(std::vector<OwnRelays::Carrier> carriers);

  void addKey(std::uint16_t slot, const KeyLetter& letter);
  void forget(std::uint16_t slot);
  void mute(std::set<std::uint16_t> slots) { muted_ = std::move(slots); }

  net::BatchSocket& socket() { return socket_; }
  net::BatchSocket* spare() { return spare_ ? &*spare_ : nullptr; }

  /// A packet, without what a relay of ours put around it.
  struct Arrival {
    std::span<std::byte> bytes;
    Way from;
    HostTime at;
  };
  /// As it came to one of our ports.
  [[nodiscard]] Arrival unpacked(OwnRelays::Port port, const net::Incoming& packet) const;

  struct Opened {
    net::StreamId id;
    std::span<const std::byte> packet;
    bool isControl = false;
    bool isRoadNews = false; ///< the first from there for a while: paths want to know
  };
  /// A packet that came from where its sender is not.
  void refuseStranger() { ++refused_.stranger; }
  /// Nothing for what nobody may hear; it is counted.
  std::optional<Opened> open(const Arrival& packet);
  [[nodiscard]] const Session::Refused& refused() const { return refused_; }

private:
  struct Sender {
    net::SrtpOpener opener;
    Way from;
    HostTime reportedAt{};
  };
  using WrapRoom = std::array<std::byte, net::kLargestDatagram + net::TurnRoutes::kMostAround>;
  void sendToRoutes(std::span<const std::byte> sealed);
  void sendOne(const Way& way, std::span<const std::byte> packet);
  void add(const Way& way, std::span<const std::byte> packet, WrapRoom& room);
  void flush();

  net::BatchSocket socket_; // its two sides do not meet
  const std::uint16_t port_;
  RelayConnections& connections_;
  std::optional<net::BatchSocket> spare_;   // opened by the media thread, while it holds the lock
  std::vector<OwnRelays::Carrier> hearing_; // media thread
  rt::Mutex sending_;                       // guards what follows, and the sending side of the socket
  net::SrtpSealer sealer_;
  std::vector<Way> routes_;
  std::vector<OwnRelays::Carrier> carriers_;
  std::vector<net::Outgoing> out_;
  std::vector<net::Outgoing> spareOut_;
  std::vector<WrapRoom> wraps_; // one for each route, so that nothing is allocated for a packet
  std::uint16_t controlSequence_ = 0;
  std::map<std::uint16_t, Sender> senders_; // media thread
  std::set<std::uint16_t> muted_;           // media thread
  Session::Refused refused_;                // media thread
};

} // namespace tutti::room
