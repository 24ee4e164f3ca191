#pragma once

#include <algorithm>
#include <vector>

#include "NodeOnDesk.hpp"

/// A node of a bridge on the desk, and what it says of itself and of others.
namespace tutti::link::test {

using tutti::test::address;
using tutti::test::named;
using tutti::test::Neighbour;
using tutti::test::NodeOnDesk;

inline constexpr Marker kMarker{std::byte{7}, std::byte{8}};
inline const auto kAnna =
  Neighbour::founder("anna", address("10.0.0.9"), NodeOnDesk::kStart - std::chrono::seconds{60});
inline const auto kFar = named("far away");

inline NodeOnDesk bridging()
{
  auto desk = NodeOnDesk::onWire();
  desk.carry(BeginBridging{kMarker});
  desk.playFor(std::chrono::seconds{1});
  desk.said();
  return desk;
}

/// A session of somebody in another town, an hour old.
inline SharedSession distant(const NodeOnDesk& desk)
{
  return {named("distant"),
          {time::Tempo::fromBpm(100), time::Beats::fromDouble(12), sessionTime(3'000'000)},
          {true, time::Beats::fromDouble(14), sessionTime(4'000'000)},
          Micros{3'600'000'000 - microsOf(desk.now)}};
}

struct Announced {
  NodeId id;
  PeerState state;
};
inline std::vector<Announced> announced(const std::vector<NodeOnDesk::Spoken>& spoken)
{
  std::vector<Announced> all;
  for (const auto& one : spoken) {
    const auto message = discovery::parseMessage(one.send.datagram.bytes());
    if (message && message->type == discovery::MessageType::alive)
      all.push_back({message->sender, parsePeerState(message->payload).value()});
  }
  return all;
}

inline std::vector<NodeId> goodbyes(const std::vector<NodeOnDesk::Spoken>& spoken)
{
  std::vector<NodeId> all;
  for (const auto& one : spoken) {
    const auto message = discovery::parseMessage(one.send.datagram.bytes());
    if (message && message->type == discovery::MessageType::byeBye) all.push_back(message->sender);
  }
  return all;
}

} // namespace tutti::link::test
