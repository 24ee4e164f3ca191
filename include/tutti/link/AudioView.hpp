#pragma once

#include <map>
#include <optional>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/NodeId.hpp>
#include <tutti/discovery/Interfaces.hpp>

/// What Link Audio has to know of the Link peers, and what it says through ours.
///
/// Spec: link 2.6; link-audio 2.
namespace tutti::link {

/// A peer as it is heard on one of our addresses.
struct AudioPeer {
  NodeId id;
  NodeId session;
  IpAddress gateway; ///< Our address; what is said to the peer goes by it.
  std::optional<Endpoint>
    audio; ///< Its socket for Link Audio, at the address it speaks from; none: it has none.

  friend bool operator==(const AudioPeer&, const AudioPeer&) = default;
};

struct AudioView {
  NodeId node; ///< Ourselves; another one whenever a session is founded anew.
  NodeId session;
  std::vector<discovery::LocalAddress> gateways; ///< That are open; none while Link is off.
  std::vector<AudioPeer> peers;                  ///< By id, then by gateway.

  friend bool operator==(const AudioView&, const AudioView&) = default;
};

/// Our own sockets for Link Audio, by the gateway's address.
using AudioSockets = std::map<IpAddress, Endpoint>;

} // namespace tutti::link
