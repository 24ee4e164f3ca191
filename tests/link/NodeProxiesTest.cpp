// For whom a node of a bridge speaks, and whom it hears although it does.
#include "BridgingOnDesk.hpp"
#include "Catch.hpp"

#include <set>

using namespace std::chrono_literals;

namespace tutti::link {

using namespace test;

SCENARIO("B-5 the largest announcement of a proxy is a whole message")
{
  PeerState state{named("sess"), {}, {}, {address("fe80::1"), 1}, Endpoint{address("fe80::2"), 2}, kMarker};
  const auto datagram = encodeState(discovery::MessageType::alive, 5s, kFar, state);
  const auto again = discovery::parseMessage(datagram.bytes());
  CHECK(parsePeerState(again->payload)->marker == kMarker);
  CHECK(again->payload.last(8)[0] == kMarker[0]);
  const std::vector<std::byte> torn{datagram.bytes().begin(), datagram.bytes().end() - 1};
  CHECK_FALSE(parsePeerState(std::span{torn}.subspan(20)));
}

SCENARIO("B-7 B-8 whoever is spoken for no more gets a goodbye, unless he is still there")
{
  auto desk = bridging();
  const auto near = named("near");
  desk.carry(SpeakFor{{kFar, near}, {kFar, near}, {}});
  desk.said();
  desk.carry(SpeakFor{{}, {}, {near}});
  CHECK(goodbyes(desk.said()) == std::vector{kFar});

  WHEN("the bridge ends and another goes on")
  {
    desk.carry(SpeakFor{{kFar}, {kFar}, {}});
    desk.said();
    desk.carry(EndBridging{true});
    THEN("nobody is told goodbye")
    {
      CHECK(goodbyes(desk.said()).empty());
    }
  }
  WHEN("the bridge ends and nobody goes on")
  {
    desk.carry(SpeakFor{{kFar}, {kFar}, {}});
    desk.said();
    desk.carry(EndBridging{});
    THEN("its proxies are gone at once")
    {
      CHECK(goodbyes(desk.said()) == std::vector{kFar});
    }
  }
  WHEN("a cable is pulled")
  {
    desk.carry(SpeakFor{{kFar}, {kFar}, {}});
    desk.said();
    desk.close(NodeOnDesk::kWire);
    THEN("so are they there")
    {
      CHECK(goodbyes(desk.said()) == std::vector{desk.node.id(), kFar});
    }
  }
}

SCENARIO("B-6 a node does not answer its own proxies, but the real one")
{
  auto desk = bridging();
  desk.carry(SpeakFor{{kAnna.id}, {kAnna.id}, {}});
  desk.said();
  auto echo = kAnna;
  echo.state.marker = kMarker;
  desk.hear(echo.alive(), echo);
  CHECK(desk.said().empty());
  CHECK(desk.node.lan().peers.empty());
  CHECK(desk.refusals().ownEcho == 1);

  desk.hear(kAnna.alive(), kAnna);
  CHECK(NodeOnDesk::count(desk.said(), discovery::MessageType::response) == 1);
  REQUIRE(desk.node.lan().peers.size() == 1);
  CHECK_FALSE(desk.node.lan().peers[0].marker);
}

SCENARIO("B-5 a node that goes over to an older session here speaks for nobody there")
{
  auto desk = bridging();
  desk.carry(SpeakFor{{kFar}, {kFar}, {}});
  desk.said();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 1s);
  REQUIRE(desk.node.sessions().current() == kAnna.id);
  CHECK(desk.node.peerCount() == 1);
  const auto spoken = desk.said();
  CHECK(goodbyes(spoken) == std::vector{kFar});
  for (const auto& one : announced(spoken)) CHECK((one.id != kFar || one.state.session != kAnna.id));
}

} // namespace tutti::link
