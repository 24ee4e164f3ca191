#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/endpoint/Outbox.hpp>
#include <tutti/endpoint/ServerDesk.hpp>
#include <tutti/endpoint/SoundDoor.hpp>

namespace tutti::endpoint {

/// Offers the streams of our sound device to everybody in the LAN (IPv4), until it is destroyed.
///
/// Threads: *any*; each call waits a moment for its own thread. The doors' `send` is *audio*.
/// Errors:  of `open`: `unsupported` for a stream that cannot be, `refused` or `unavailable` where there is
///          no port to be had; each with a sentence.
class EndpointServer {
public:
  struct Options {
    std::string name;
    std::vector<StreamOffer> fromServer; ///< `device`'s rate is theirs, whatever they say
    std::vector<StreamOffer> toServer;
    audio::SampleRate device;
    std::uint16_t port = 0; ///< TCP; 0: any
  };

  static Result<std::unique_ptr<EndpointServer>> open(Options options);
  ~EndpointServer();
  EndpointServer(const EndpointServer&) = delete;
  EndpointServer& operator=(const EndpointServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// What goes in here goes out by the stream `number` from us.
  [[nodiscard]] std::shared_ptr<SoundDoor> door(std::size_t number) const;

  [[nodiscard]] std::vector<ServerDesk::Client> clients() const;
  /// What happened since the last call.
  [[nodiscard]] std::vector<Told> takeEvents();

private:
  class Inner;
  explicit EndpointServer(std::unique_ptr<Inner> inner);
  std::unique_ptr<Inner> inner_;
};

} // namespace tutti::endpoint
