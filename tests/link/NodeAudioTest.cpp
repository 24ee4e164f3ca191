// What a node says and hears of Link Audio.
#include <Catch.hpp>

#include "NodeOnDesk.hpp"

using namespace tutti;
using namespace tutti::link;
using namespace std::chrono_literals;
using test::address;
using test::Neighbour;
using test::NodeOnDesk;

namespace {

constexpr auto kStart = NodeOnDesk::kStart;
const auto kOurSocket = Endpoint{address("10.0.0.1"), 7001};
const AudioSockets kOurs{{address("10.0.0.1"), kOurSocket}};

Neighbour anna()
{
  auto neighbour = Neighbour::founder("anna", address("10.0.0.7"), kStart - 1min);
  neighbour.state.audio = Endpoint{address("10.0.0.7"), 7007};
  return neighbour;
}

std::optional<Endpoint> audioIn(const NodeOnDesk::Spoken& spoken)
{
  const auto message = discovery::parseMessage(spoken.send.datagram.bytes());
  const auto state = message ? parsePeerState(message->payload) : std::nullopt;
  return state ? state->audio : std::nullopt;
}

} // namespace

TEST_CASE("A socket for Link Audio is announced within 50 ms, and no more when it is withdrawn")
{
  auto desk = NodeOnDesk::onWire();
  desk.playFor(1s);
  for (const auto& spoken : desk.said()) {
    CHECK_FALSE(audioIn(spoken));
    CHECK(spoken.send.datagram.size() == 107);
  }

  const auto before = desk.now;
  desk.offerAudio(kOurs);
  desk.playFor(50ms);
  const auto told = desk.said();
  REQUIRE_FALSE(told.empty());
  CHECK(told.back().at - before <= 50ms);
  CHECK(audioIn(told.back()) == kOurSocket);
  CHECK(told.back().send.datagram.size() == 121);

  desk.offerAudio(kOurs); // no news
  CHECK(desk.said().empty());
  desk.offerAudio({});
  desk.playFor(50ms);
  const auto later = desk.said();
  REQUIRE_FALSE(later.empty());
  CHECK_FALSE(audioIn(later.back()));
  CHECK(later.back().send.datagram.size() == 107);
}

TEST_CASE("Who asks hears of the socket, too")
{
  auto desk = NodeOnDesk::onWire();
  desk.offerAudio(kOurs);
  desk.said();
  desk.hear(anna().alive(), anna());
  const auto said = desk.said();
  REQUIRE(NodeOnDesk::count(said, discovery::MessageType::response) == 1);
  CHECK(audioIn(said.front()) == kOurSocket);
}

TEST_CASE("Only the gateway that has a socket for Link Audio says so")
{
  auto desk = NodeOnDesk::onWire();
  desk.open(NodeOnDesk::kRadio);
  desk.offerAudio(kOurs);
  desk.said();
  desk.playFor(1s);
  for (const auto& spoken : desk.said())
    CHECK(audioIn(spoken).has_value() == (spoken.send.gateway == NodeOnDesk::kWire.address));
}

TEST_CASE("Peers are shown with their sockets, by the gateway on which they were heard")
{
  auto desk = NodeOnDesk::onWire();
  desk.open(NodeOnDesk::kRadio);
  auto ben = Neighbour::founder("ben", address("192.168.7.9"), kStart - 1min);
  desk.hear(anna().alive(), anna());
  desk.hear(ben.alive(), ben, NodeOnDesk::kRadio);
  const auto view = desk.node.audio();
  CHECK(view.node == desk.node.id());
  CHECK(view.session == desk.node.sessions().current());
  CHECK(view.gateways.size() == 2);
  REQUIRE(view.peers.size() == 2);
  CHECK(view.peers[0] == AudioPeer{anna().id, anna().state.session, NodeOnDesk::kWire.address,
                                   Endpoint{address("10.0.0.7"), 7007}});
  CHECK(view.peers[1].gateway == NodeOnDesk::kRadio.address);
  CHECK_FALSE(view.peers[1].audio);

  desk.disable();
  CHECK(desk.node.audio().gateways.empty());
  CHECK(desk.node.audio().peers.empty());
}

TEST_CASE("A socket that is not at the peer's own address is none")
{
  auto desk = NodeOnDesk::onWire();
  auto mallory = anna();
  mallory.state.audio = Endpoint{address("10.0.0.99"), 7007}; // somebody else's
  desk.hear(mallory.alive(), mallory);
  REQUIRE(desk.node.audio().peers.size() == 1);
  CHECK_FALSE(desk.node.audio().peers[0].audio);
  mallory.state.audio = Endpoint{address("10.0.0.7"), 0};
  desk.hear(mallory.alive(), mallory);
  CHECK_FALSE(desk.node.audio().peers[0].audio);
}

TEST_CASE("A socket on IPv6 gets the scope of the gateway that heard of it")
{
  NodeOnDesk desk;
  desk.enable();
  desk.open(NodeOnDesk::kWire6);
  const auto there = address("fe80::7").withScope(2);
  auto cara = Neighbour::founder("cara", there, kStart - 1min);
  cara.state.audio = Endpoint{address("fe80::7"), 7009}; // the wire carries none
  desk.hear(cara.alive(), cara, NodeOnDesk::kWire6);
  REQUIRE(desk.node.audio().peers.size() == 1);
  CHECK(desk.node.audio().peers[0].audio == Endpoint{there, 7009});
}
