#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tutti/endpoint/ClientSession.hpp>
#include <tutti/endpoint/ControlMessage.hpp>
#include <tutti/endpoint/Outbox.hpp>
#include <tutti/endpoint/StreamSet.hpp>

namespace tutti::endpoint {

/// A computer that uses the streams of any number of servers: what comes by TCP and UDP goes in, what there
/// is to send comes out.
///
/// A server is judged by whether our device can keep up with its rates. Streams run as soon as they can,
/// until `want` says otherwise.
///
/// Threads: one at a time.
/// Spec:    seed-systems 2.
class ClientDesk {
public:
  ClientDesk(std::string name, audio::SampleRate device);
  ClientDesk(const ClientDesk&) = delete;
  ClientDesk& operator=(const ClientDesk&) = delete;

  /// A connection to a server is up.
  void reached(ConnectionId id, const IpAddress& server, HostTime now, Outbox& out);
  void receive(ConnectionId id, std::span<const std::byte> bytes, HostTime now, Outbox& out);
  void hungUp(ConnectionId id, Outbox& out);
  void receiveMedia(std::span<const std::byte> datagram, const Endpoint& from, HostTime arrived,
                    HostTime now);

  /// Our own sound, of the stream `number` to this server.
  void send(ConnectionId id, std::size_t number, SampleTime first,
            std::span<const std::span<const float>> channels, Outbox& out);

  void want(ConnectionId id, ClientSession::Wish wish, HostTime now, Outbox& out);
  void leave(ConnectionId id, const std::string& reason, Outbox& out);
  void leave(const std::string& reason, Outbox& out); ///< all
  void advance(HostTime now, Outbox& out);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  struct Server {
    ConnectionId id;
    std::string name;
    bool isRunning = false;
    std::vector<StreamOffer> offersFrom;
    std::vector<StreamOffer> offersTo;
    std::vector<std::shared_ptr<Reception>> fromServer; ///< while it runs: to be rendered
    std::vector<Reception::Statistics> heard;           ///< of each of them
    std::uint64_t sent = 0;                             ///< packets
  };
  [[nodiscard]] std::vector<Server> servers() const;
  [[nodiscard]] bool has(ConnectionId id) const { return entries_.contains(id); }
  [[nodiscard]] std::uint64_t strays() const { return strays_; } ///< datagrams that belong to nobody

private:
  struct Entry {
    ClientSession session;
    ControlDeframer deframer;
    std::optional<StreamSet> streams;
  };
  [[nodiscard]] OfferAnswer judge(const Offer& offer) const;
  void perform(ConnectionId id, const SessionActions& actions, Outbox& out);
  void begin(Entry& entry, std::uint16_t run) const;
  void tidy();

  std::string name_;
  audio::SampleRate device_;
  std::map<ConnectionId, Entry> entries_;
  std::uint64_t strays_ = 0;
};

} // namespace tutti::endpoint
