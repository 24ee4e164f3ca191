#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/net/RtpPacket.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::endpoint {

/// A TCP connection, named by whoever holds it.
struct ConnectionId {
  std::uint32_t number = 0;
  friend constexpr auto operator<=>(ConnectionId, ConnectionId) = default;
};

/// What there is to send, to do and to tell. Machines add to it, a shell empties it.
struct Outbox {
  struct Control {
    ConnectionId to;
    ByteString bytes;
  };
  struct Media {
    Endpoint to;
    net::MediaDatagram datagram;
  };
  struct Event {
    enum class Kind : std::uint8_t {
      met,     ///< who it is and what there is are known and accepted
      started, ///< streams run
      rested,  ///< streams rest; `text` says why if nobody here wanted that
      left,    ///< the connection is over; `text` says why
      refused  ///< … and it would be the same the next time
    };
    Kind kind = Kind::met;
    ConnectionId who;
    std::string name;
    std::string text;
  };

  std::vector<Control> control;
  std::vector<ConnectionId> hangUps; ///< after what there is to say
  std::vector<Media> media;
  std::vector<Event> events;
};

/// What was told, and when.
struct Told {
  HostTime at{};
  Outbox::Event what;
};

} // namespace tutti::endpoint
