#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/endpoint/ControlMessage.hpp>

/// What the two sides of a connection want done, in order.
namespace tutti::endpoint {

/// By TCP.
struct Say {
  ControlMessage message;
};

/// By UDP: we are alive, and here is where we listen.
struct GiveSign {
  Endpoint to;
};

/// To the owner of a server's side: get ready, then `answer`.
struct StartWanted {
  std::uint16_t run = 0;
};
struct StopWanted {};

/// To the owner of a client's side: the server's streams are known and accepted.
struct Accepted {
  Offer offer;
};
/// Sound of this run may come from now on.
struct StartBegun {
  std::uint16_t run = 0;
};
/// The server plays along: send.
struct Started {
  std::uint16_t run = 0;
};
/// Streams rest; `reason` says why if nobody here wanted that.
struct Rested {
  std::string reason;
};

/// The connection is over: hang up. Nothing follows. A `refused` one is not to be tried again.
struct Closed {
  Verdict how = Verdict::ok; ///< `ok`: somebody wanted it so
  std::string reason;
};

using SessionAction =
  std::variant<Say, GiveSign, StartWanted, StopWanted, Accepted, StartBegun, Started, Rested, Closed>;
using SessionActions = std::vector<SessionAction>;

} // namespace tutti::endpoint
