#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/endpoint/Announcement.hpp>
#include <tutti/endpoint/AudioFormat.hpp>
#include <tutti/endpoint/MediaPacket.hpp>

/// What a client and a server say to each other over TCP.
///
///     size(16) tag fields…       the size counts the tag and the fields
///
/// Spec: seed-systems 2.1, 2.5.
namespace tutti::endpoint {

inline constexpr std::size_t kMostStreams = 16; ///< of a server, in each direction
inline constexpr std::size_t kLongestReason = 200;
inline constexpr std::size_t kLargestMessage = 4096;

/// The client's first word.
struct Hello {
  std::string name;
  friend bool operator==(const Hello&, const Hello&) = default;
};

struct StreamOffer {
  std::string name;
  AudioFormat format;
  friend bool operator==(const StreamOffer&, const StreamOffer&) = default;
};

/// All the server's streams, fixed from now on.
struct Offer {
  std::string name;
  SessionToken session;
  std::uint16_t mediaPort = 0; ///< UDP, at the server's address
  std::vector<StreamOffer> fromServer;
  std::vector<StreamOffer> toServer;
  friend bool operator==(const Offer&, const Offer&) = default;
};

enum class Verdict : std::uint8_t {
  ok,
  failed, ///< not now: it may be tried again
  refused ///< and it will be the next time
};

/// The client's word on the offer. `rate` is what its device counts at: `toServer` streams come at that rate,
/// and the server converts.
struct OfferAnswer {
  Verdict verdict = Verdict::ok;
  double rate = 48'000;
  std::string reason;
  friend bool operator==(const OfferAnswer&, const OfferAnswer&) = default;
};

/// The client wants all streams to run, or to rest. `run` counts the starts.
struct Ask {
  enum class What : std::uint8_t { start, stop };
  What what = What::start;
  std::uint16_t run = 0;
  friend bool operator==(const Ask&, const Ask&) = default;
};

struct Answer {
  Ask to;
  Verdict verdict = Verdict::ok;
  std::string reason;
  friend bool operator==(const Answer&, const Answer&) = default;
};

struct Heartbeat {
  friend bool operator==(const Heartbeat&, const Heartbeat&) = default;
};

/// Either side goes. Nothing follows.
struct Bye {
  std::string reason;
  friend bool operator==(const Bye&, const Bye&) = default;
};

using ControlMessage = std::variant<Hello, Offer, OfferAnswer, Ask, Answer, Heartbeat, Bye>;

/// With its size in front. Names and reasons are cut where they are too long.
ByteString encode(const ControlMessage& message);

/// One message, without its size.
///
/// Errors:  `malformed`; `unsupported` for the hello of another version.
Result<ControlMessage> parseControl(std::span<const std::byte> message);

/// Finds the messages in what comes by TCP, however it is cut.
///
/// Threads: one at a time.
class ControlDeframer {
public:
  void push(std::span<const std::byte> bytes);

  /// The next whole message, nothing where there is none yet. After an error nothing follows: end the
  /// connection.
  std::optional<Result<ControlMessage>> next();

private:
  ByteString waiting_;
  bool isBroken_ = false;
};

} // namespace tutti::endpoint
