#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tutti/endpoint/ControlMessage.hpp>
#include <tutti/endpoint/Outbox.hpp>
#include <tutti/endpoint/ServerSession.hpp>
#include <tutti/endpoint/StreamSet.hpp>

namespace tutti::endpoint {

/// A server of audio streams and all its clients: what comes by TCP and UDP goes in, what there is to send
/// comes out.
///
/// Each client has streams of its own. Sound goes only to the address that a client called from, and only
/// after a sign of life of its session came from there.
///
/// Threads: one at a time.
/// Spec:    seed-systems 2.
class ServerDesk {
public:
  static constexpr std::size_t kMostClients = 32;
  static constexpr std::ptrdiff_t kMostOfOne = 8; ///< that call from one address

  struct Setup {
    std::string name;
    std::uint16_t mediaPort = 0;
    std::vector<StreamOffer> fromServer; ///< at the rate of the device
    std::vector<StreamOffer> toServer;
    audio::SampleRate device;
  };
  using DrawToken = std::function<SessionToken()>;

  ServerDesk(Setup setup, DrawToken drawToken);

  /// Before anybody calls.
  void setMediaPort(std::uint16_t port) { setup_.mediaPort = port; }

  void called(ConnectionId id, const IpAddress& caller, HostTime now, Outbox& out);
  void receive(ConnectionId id, std::span<const std::byte> bytes, HostTime now, Outbox& out);
  void hungUp(ConnectionId id, Outbox& out);
  void receiveMedia(std::span<const std::byte> datagram, const Endpoint& from, HostTime arrived,
                    HostTime now);

  /// Our own sound, of the stream `number` from us, for everybody whose streams run.
  void send(std::size_t number, SampleTime first, std::span<const std::span<const float>> channels,
            Outbox& out);

  void advance(HostTime now, Outbox& out);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;
  void leave(const std::string& reason, Outbox& out);

  struct Client {
    ConnectionId id;
    std::string name;
    bool isRunning = false;
    std::vector<std::shared_ptr<Reception>> toServer; ///< while it runs: to be rendered
    std::vector<Reception::Statistics> heard;         ///< of each of them
    std::uint64_t sent = 0;                           ///< packets
  };
  [[nodiscard]] std::vector<Client> clients() const;
  [[nodiscard]] const Setup& setup() const { return setup_; }
  [[nodiscard]] std::uint64_t strays() const { return strays_; } ///< datagrams that belong to nobody

private:
  struct Entry {
    ServerSession session;
    IpAddress caller;
    ControlDeframer deframer;
    std::optional<StreamSet> streams;
  };
  void perform(ConnectionId id, const SessionActions& actions, Outbox& out);
  void start(ConnectionId id, std::uint16_t run, Outbox& out);
  void stop(ConnectionId id, Outbox& out);
  void tidy();
  [[nodiscard]] bool isFull(const IpAddress& caller) const;

  Setup setup_;
  DrawToken drawToken_;
  std::map<ConnectionId, Entry> entries_;
  std::uint64_t strays_ = 0;
};

} // namespace tutti::endpoint
