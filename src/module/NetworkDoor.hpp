#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <tutti/module/SealedLine.hpp>
#include <tutti/net/BatchSocket.hpp>
#include <tutti/time/TokenBucket.hpp>

#include "Door.hpp"
#include "Ferry.hpp"

namespace tutti::module {

/// For programs that come over a network with a token that we have given out: one UDP socket for all.
///
/// Nothing is sent to an address that has not shown that it knows a token, and then no more than came from
/// there, until it speaks with the keys that both have drawn.
class NetworkDoor final : public Door {
public:
  static constexpr std::size_t kMostLines = 32;
  static constexpr Micros kSilence{3'000'000}; ///< of a line on which nobody is let in
  static constexpr time::TokenBucket::Limits kCalls{.atOnce = 50, .perSecond = 50};

  struct Setup {
    Endpoint at;
    std::vector<std::string> tokens;
    std::uint32_t allowance = 2; ///< blocks
  };
  static Result<std::unique_ptr<NetworkDoor>> open(Setup setup, GuestCount& count);
  ~NetworkDoor() override;

  [[nodiscard]] Endpoint local() const { return socket_.local(); }

  void addTo(std::vector<net::Watch>& all) const override;
  void tend(GuestDesk& desk, HostTime now, GuestOutbox& out) override;
  bool say(GuestOutbox::Saying& saying) override;
  void hangUp(GuestId id) override;

private:
  /// With one program far away.
  struct Line {
    Line(GuestId guest, const Nonce& theirPart, const Nonce& ourPart, const Keys& keys)
      : id{guest}
      , caller{theirPart}
      , host{ourPart}
      , sealer{keys.toModule}
      , opener{keys.toHost}
    {}

    GuestId id;
    Nonce caller;
    Nonce host;
    HostTime heardAt{};
    bool isKnown = false; // to the desk: it has spoken with the new keys
    LineSealer sealer;    // under the lock
    LineOpener opener;
    BlockCutter cutter{};           // the ferry's
    std::unique_ptr<Ferry> ferry{}; // last: it uses the others
  };

  NetworkDoor(Setup setup, net::BatchSocket socket, GuestCount& count);
  void hear(const net::Incoming& datagram, GuestDesk& desk, HostTime now, GuestOutbox& out);
  void hearCall(const net::Incoming& datagram, HostTime now);
  void send(Line& line, const Endpoint& to, PacketKind kind, std::uint32_t timestamp,
            std::span<const std::byte> payload);
  void board(Line& line, const Endpoint& to, GuestOutbox::Saying& saying);

  Setup setup_;
  net::BatchSocket socket_; // sending: under the lock
  GuestCount& count_;
  std::mutex sending_;
  time::TokenBucket calls_;
  std::map<Endpoint, std::unique_ptr<Line>> lines_;
};

} // namespace tutti::module
