#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/InlineList.hpp>
#include <tutti/net/Stun.hpp>

namespace tutti::net {

/// How a TURN server is reached. On a stream (TCP, TLS) messages follow each other without borders.
enum class TurnTransport : std::uint8_t { datagrams, stream };

/// The media side of a relay: packs what goes to a peer, unpacks what comes from one.
///
/// A value, copied from `TurnClient::routes` to whoever owns the socket each time that `RoutesChanged` says
/// so; the copy and the client then know nothing of each other. A peer with a channel costs four bytes a
/// packet (ChannelData), one without 36 or 48 more (Send and Data indications).
///
/// Threads: one at a time, any. Allocates nothing.
/// Spec:    RFC 8656 sections 11 and 12.
class TurnRoutes {
public:
  static constexpr std::size_t kMostPeers = 64;
  /// Bytes that `wrap` adds at most, for IPv6 with its padding.
  static constexpr std::size_t kMostAround = 20 + 4 + 20 + 4 + 3;

  struct Route {
    Endpoint peer;
    std::uint16_t channel = 0; ///< 0: it has none
    bool isBound = false;      ///< we know that the server knows the channel; it may do so before we do
  };
  struct FromPeer {
    Endpoint peer;
    std::span<const std::byte> payload; ///< inside the datagram
  };

  /// No relay: nothing is packed, nothing unpacked.
  TurnRoutes() = default;
  TurnRoutes(const Endpoint& server, TurnTransport transport, const stun::TransactionId& indications);

  [[nodiscard]] const Endpoint& server() const { return server_; }
  [[nodiscard]] bool isOpen() const { return isOpen_; }
  /// False where there is no room.
  bool tryAdd(const Route& route) { return routes_.tryAdd(route); }

  /// What to send to the server so that `peer` gets `payload`, written to `into`. Empty where the relay does
  /// not reach that peer, and where `into` is not `kMostAround` bytes longer than the payload.
  std::span<const std::byte> wrap(const Endpoint& peer, std::span<const std::byte> payload,
                                  std::span<std::byte> into);

  /// What a peer sent. Nothing for all else: what another than the server says, other messages of the
  /// server's, and what comes from an address that we have not permitted.
  [[nodiscard]] std::optional<FromPeer> unwrap(std::span<const std::byte> datagram,
                                               const Endpoint& from) const;

private:
  [[nodiscard]] const Route* find(const Endpoint& peer) const;
  [[nodiscard]] bool isPermitted(const IpAddress& address) const;
  [[nodiscard]] std::optional<FromPeer> readChannelData(std::span<const std::byte> datagram) const;
  [[nodiscard]] std::optional<FromPeer> readIndication(std::span<const std::byte> datagram) const;

  Endpoint server_;
  TurnTransport transport_ = TurnTransport::datagrams;
  bool isOpen_ = false;
  stun::TransactionId indication_{}; // counts on
  InlineList<Route, kMostPeers> routes_;
};

} // namespace tutti::net
