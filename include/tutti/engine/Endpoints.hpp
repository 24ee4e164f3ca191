#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/DeviceWish.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/endpoint/CallList.hpp>
#include <tutti/endpoint/ControlMessage.hpp>
#include <tutti/endpoint/Reception.hpp>
#include <tutti/engine/OpenDevice.hpp>
#include <tutti/jam/Recording.hpp>
#include <tutti/patch/Module.hpp>

namespace tutti::engine {

/// Makes what sounds in a stream, for a device at this rate.
/// Errors:  with a sentence, where a file cannot be had.
using MakeSource = std::function<Result<std::shared_ptr<patch::Module>>(audio::SampleRate)>;

/// What streams of the LAN go to and come from this machine.
struct EndpointSettings {
  std::string name = "Tutti";
  audio::DeviceWish device;
  OpenDevice deviceOpener = &audio::AudioDevice::open;

  /// One that we send. The rate is the device's.
  struct Offered {
    endpoint::StreamOffer about;
    MakeSource source; ///< nothing: the device's first inputs
  };
  struct Serving {
    std::vector<Offered> fromServer;
    std::vector<endpoint::StreamOffer> toServer;
    std::uint16_t port = 0; ///< TCP; 0: any
  };
  std::optional<Serving> serving; ///< nothing: we offer nothing

  bool looksAround = false;                        ///< also when nobody is called: for a list of servers
  std::vector<endpoint::CallList::Wanted> servers; ///< all of whose streams we use
  MakeSource source;                               ///< what their inputs get; nothing: the device's first two

  jam::RecordingWish recording; ///< of what comes in: the mix, and each stream
};

/// One stream that comes in.
struct EndpointStreamSnapshot {
  std::string name;
  endpoint::AudioFormat format;
  endpoint::Reception::Statistics heard;
};

/// Somebody with whom there is a connection, and who has accepted.
struct EndpointPeerSnapshot {
  enum class Role { server, client };
  Role role = Role::server; ///< theirs
  std::string name;
  bool isRunning = false;
  std::vector<EndpointStreamSnapshot> heard; ///< while it runs
  std::uint64_t sent = 0;                    ///< packets of this run, of all our streams together
};

/// What happened.
struct EndpointEvent {
  enum class Kind {
    found,   ///< a server is in the LAN
    gone,    ///< … and not any more
    met,     ///< there is a connection, and both sides have accepted
    started, ///< streams run
    rested,  ///< streams rest; `text` says why if nobody here wanted that
    left,    ///< the connection is over, or there was none; `text` says why
    refused, ///< … and it is not tried again before the server begins anew
    problem  ///< here: of the device, the recording
  };
  Kind kind = Kind::problem;
  HostTime at{};
  std::string name; ///< of the peer, as far as it is known
  std::string text; ///< a sentence for the musician
};

struct EndpointSnapshot {
  audio::DeviceStatus device;
  std::uint16_t port = 0; ///< TCP, while we serve
  std::vector<endpoint::LanServer> lan;
  std::vector<EndpointPeerSnapshot> peers; ///< servers before clients
  bool isHopeless = false;                 ///< all servers that were called have refused
};

/// A sound device whose sound goes to other machines in the LAN, and that plays what comes from them: as a
/// server of streams, as a client of others, or both.
///
///     source ─▸ stream to the LAN        stream from the LAN ─▸ device
///                                                            └▸ recording
///
/// Servers are called as soon as they are found, and again when they were lost. A device that is lost is
/// waited for; when it comes back at another rate, what we serve begins anew at that one.
///
/// Threads: any. Nothing waits for the network, but for `open`.
/// Errors:  of `open`: no device, no port, a stream that cannot be, no file; each with a sentence.
class Endpoints {
public:
  static Result<std::unique_ptr<Endpoints>> open(EndpointSettings settings);
  ~Endpoints();
  Endpoints(const Endpoints&) = delete;
  Endpoints& operator=(const Endpoints&) = delete;

  [[nodiscard]] EndpointSnapshot snapshot();
  /// What happened since the last call.
  [[nodiscard]] std::vector<EndpointEvent> takeEvents();

private:
  class Impl;
  explicit Endpoints(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace tutti::engine
