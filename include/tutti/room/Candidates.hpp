#pragma once

#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/discovery/Interfaces.hpp>

/// Where a member may be reached, and which of what others claim we try.
///
/// Spec: room R-14.
namespace tutti::room {

constexpr std::size_t kMostCandidates = 8;

/// Our own addresses for a socket on `port`, the most likely first. Loopback is only among them where
/// there is nothing else: two members on a machine without network.
std::vector<Endpoint> ownCandidates(const std::vector<discovery::LocalAddress>& local, std::uint16_t port);

/// What our card says: our own addresses, and those by which we are reached from far away (`far`: as routers
/// show us to the world, then relayed ones). These keep their places where there are too many, as nothing
/// else helps members in other places. What nobody could use (loopback, link-local, …) is left out of `far`.
std::vector<Endpoint> cardCandidates(const std::vector<discovery::LocalAddress>& local, std::uint16_t port,
                                     const std::vector<Endpoint>& far);

/// How many of the last of `candidates` are among `relays`: what a card tells of them.
std::uint8_t relaysAmong(const std::vector<Endpoint>& candidates, const std::vector<Endpoint>& relays);

/// Whom a relay of ours may be made to send to: a member in the world. Never what is not of its family, nor
/// anything that means the relay's own machine, link or, unless it lives on one itself, private network.
bool mayBeRelayed(const IpAddress& peer, const IpAddress& relay);

/// What of a member's candidates may be sent to: never multicast, broadcast, 0/8 or port 0; loopback only
/// where we ourselves have nothing else; link-local only where it is on one of our links, with its scope.
std::vector<Endpoint> reachable(const std::vector<Endpoint>& candidates,
                                const std::vector<discovery::LocalAddress>& local);

/// Whether it is on one of our own links: the direct path in a LAN.
bool isOnOurLinks(const IpAddress& address, const std::vector<discovery::LocalAddress>& local);

} // namespace tutti::room
