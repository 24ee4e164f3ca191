#pragma once

#include <memory>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/endpoint/Announcement.hpp>
#include <tutti/endpoint/ClientDesk.hpp>
#include <tutti/endpoint/Outbox.hpp>
#include <tutti/endpoint/SoundDoor.hpp>

namespace tutti::endpoint {

/// Finds the servers in the LAN (IPv4), and uses the streams of those that it is told to call, until it is
/// destroyed.
///
/// Threads: *any*; each call waits a moment for its own thread. The doors' `send` is *audio*.
/// Errors:  of `open`: `unavailable`, with a sentence.
class EndpointClient {
public:
  static Result<std::unique_ptr<EndpointClient>> open(const std::string& name, audio::SampleRate device);
  ~EndpointClient();
  EndpointClient(const EndpointClient&) = delete;
  EndpointClient& operator=(const EndpointClient&) = delete;

  [[nodiscard]] std::vector<LanServer> lan() const;

  /// What comes of it is told by events: met, started, … and in the end left or refused, also when there is
  /// nobody. Streams run as soon as they can, until `want` says otherwise.
  ConnectionId call(const Endpoint& server);
  void want(ConnectionId id, ClientSession::Wish wish);
  /// Also before anybody has answered.
  void hangUp(ConnectionId id);

  struct Server {
    ClientDesk::Server about;
    std::vector<std::shared_ptr<SoundDoor>> toServer; ///< what goes in here goes to its streams
  };
  [[nodiscard]] std::vector<Server> servers() const;
  /// What happened since the last call.
  [[nodiscard]] std::vector<Told> takeEvents();

private:
  class Inner;
  explicit EndpointClient(std::unique_ptr<Inner> inner);
  std::unique_ptr<Inner> inner_;
};

} // namespace tutti::endpoint
