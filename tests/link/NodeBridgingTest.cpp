// What a node does for a bridge.
#include "BridgingOnDesk.hpp"
#include "Catch.hpp"

#include <set>

using namespace std::chrono_literals;

namespace tutti::link {

using namespace test;

SCENARIO("B-3 a bridge's node comes first in order, and founds under another id")
{
  auto desk = NodeOnDesk::onWire();
  desk.playFor(1s);
  desk.said();
  const auto session = desk.node.sessions().current();
  const auto former = desk.node.id();
  desk.carry(BeginBridging{kMarker});

  CHECK(desk.node.id().bytes()[0] == std::byte{1});
  CHECK(desk.node.sessions().current() == session);
  const auto spoken = desk.said();
  REQUIRE(announced(spoken).size() == 1);
  CHECK(announced(spoken)[0].id == desk.node.id());
  CHECK_FALSE(announced(spoken)[0].state.marker);
  CHECK(goodbyes(spoken).empty());

  // The goodbye comes after one more: a peer who has nobody else is never alone, whatever the network loses.
  desk.playFor(400ms);
  const auto later = desk.said();
  REQUIRE(goodbyes(later) == std::vector{former});
  CHECK(announced({later.begin(),
                   std::ranges::find_if(later, [](const auto& one) { return !goodbyes({one}).empty(); })})
          .size() == 1);

  WHEN("its last peer leaves")
  {
    desk.meet(kAnna);
    desk.listenTo(kAnna, 1s);
    REQUIRE(desk.node.peerCount() == 1);
    desk.hear(kAnna.byeBye(), kAnna);
    THEN("the session that it begins is not named after it")
    {
      CHECK(desk.node.peerCount() == 0);
      CHECK(desk.node.id().bytes()[0] == std::byte{1});
      CHECK(desk.node.sessions().current() != desk.node.id());
      CHECK(desk.node.sessions().current().bytes()[0] >= std::byte{33});
    }
  }
  WHEN("it is let go")
  {
    desk.carry(EndBridging{});
    desk.disable();
    desk.enable();
    THEN("it is an ordinary peer again")
    {
      CHECK(desk.node.sessions().current() == desk.node.id());
      CHECK(desk.node.id().bytes()[0] >= std::byte{33});
    }
  }
}

SCENARIO("A bridge that is switched off at once says goodbye by both its names")
{
  auto desk = NodeOnDesk::onWire();
  const auto former = desk.node.id();
  desk.carry(BeginBridging{kMarker});
  desk.said();
  desk.disable();
  const auto gone = goodbyes(desk.said());
  CHECK(std::set(gone.begin(), gone.end()) == std::set{former, desk.node.id()});
}

SCENARIO("B-4 B-5 B-6 a node adopts a session, then announces it and whom it speaks for")
{
  auto desk = bridging();
  desk.open(NodeOnDesk::kLoopback);
  desk.said();
  const auto session = distant(desk);
  desk.carry(AdoptSession{session, {kFar}});
  desk.carry(SpeakFor{{kFar}, {kFar}, {}});
  desk.playFor(60ms);

  CHECK(desk.node.sessions().current() == session.id);
  CHECK(desk.node.sessions().timeline() == session.timeline);
  CHECK(desk.node.sessions().startStop() == session.startStop);
  CHECK(desk.node.sessions().transform().intercept == session.offset);
  CHECK_FALSE(desk.node.sessions().client().startStop.isPlaying);

  const auto all = announced(desk.said());
  int proxies = 0;
  for (const auto& one : all) {
    CHECK(one.state.session == session.id); // never before it holds
    CHECK(one.state.timeline == session.timeline);
    CHECK(one.state.startStop == session.startStop);
    CHECK_FALSE(one.state.audio);
    CHECK(one.state.measurement.port == NodeOnDesk::kMeasurementPort);
    CHECK(one.state.marker.has_value() == (one.id == kFar));
    if (one.id != kFar) continue;
    CHECK(one.state.marker == kMarker);
    ++proxies;
  }
  CHECK(proxies == 2); // also for programs on this machine

  WHEN("a proxy's ping comes")
  {
    desk.hearMeasurement(encodePing(desk.now, std::nullopt).bytes(), kAnna.state.measurement);
    const auto spoken = desk.said();
    REQUIRE(spoken.size() == 1);
    THEN("the session's own clock answers")
    {
      const auto message = parseMeasurementMessage(spoken[0].send.datagram.bytes());
      const auto pong = parsePong(message->payload);
      CHECK(pong->session == session.id);
      CHECK(pong->answeredAt == sessionTime(microsOf(desk.now) + session.offset.count()));
    }
  }
}

SCENARIO("B-2 a node goes on as long as anybody is in its session anywhere")
{
  auto desk = bridging();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 1s);
  const auto session = desk.node.sessions().current();
  REQUIRE(session == kAnna.id);
  desk.carry(SpeakFor{{kFar, named("further")}, {kFar, named("further")}, {}});
  CHECK(desk.node.peerCount() == 3);

  desk.hear(kAnna.byeBye(), kAnna);
  CHECK(desk.node.peerCount() == 2);
  CHECK(desk.node.sessions().current() == session);

  desk.carry(SpeakFor{});
  CHECK(desk.node.peerCount() == 0);
  CHECK(desk.node.sessions().current() != session);
}

SCENARIO("B-2 who is here and spoken for counts once")
{
  auto desk = bridging();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 1s);
  desk.carry(SpeakFor{{kAnna.id, kFar, desk.node.id()}, {kFar}, {}});
  CHECK(desk.node.peerCount() == 2);
}

SCENARIO("B-9 a new id from the same socket retires the old one, but never those of a bridge")
{
  auto desk = bridging();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 1s);
  const auto reborn = kAnna.friendNamed("anna II", kAnna.speaksFrom.address);

  WHEN("a program begins anew")
  {
    desk.hear(reborn.alive(), reborn);
    THEN("it counts once")
    {
      CHECK(desk.node.peerCount() == 1);
      CHECK(desk.node.lan().peers[0].id == reborn.id);
    }
  }
  WHEN("it is a bridge that speaks for two")
  {
    auto one = reborn;
    one.state.marker = kMarker;
    auto two = kAnna.friendNamed("bela", kAnna.speaksFrom.address);
    two.state.marker = kMarker;
    desk.hear(one.alive(), one);
    desk.hear(two.alive(), two);
    desk.hear(kAnna.alive(), kAnna);
    THEN("all of them count")
    {
      CHECK(desk.node.peerCount() == 3);
    }
  }
}

SCENARIO("B-3 the session's clock comes from where the bridge says")
{
  auto desk = bridging();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 20s);

  WHEN("the founder is here")
  {
    desk.carry(UseClock{ClockSource::founder});
    desk.said();
    THEN("it is measured every two seconds")
    {
      desk.listenTo(kAnna, 10s);
      std::set<HostTime> starts;
      for (const auto& one : desk.said())
        if (NodeOnDesk::countPings({one}) == 1 && one.send.datagram.size() == 25) starts.insert(one.at);
      CHECK(starts.size() >= 5);
    }
  }
  WHEN("it is steered")
  {
    desk.carry(UseClock{ClockSource::bridge});
    const auto before = desk.node.sessions().transform().intercept;
    desk.carry(SteerClock{before + 1ms});
    THEN("it slews at most 200 ppm")
    {
      desk.listenTo(kAnna, 1s);
      const auto after = desk.node.sessions().transform().intercept;
      CHECK(after - before <= 200us);
      CHECK(after - before >= 150us);
      desk.listenTo(kAnna, 60s);
      CHECK(desk.node.sessions().transform().intercept == before + 1ms);
    }
    THEN("it steps above 5 ms")
    {
      desk.carry(SteerClock{before + 6ms});
      CHECK(desk.node.sessions().transform().intercept == before + 6ms);
    }
  }
}

SCENARIO("B-12 what the same session says elsewhere counts by Link's rule")
{
  auto desk = bridging();
  const auto session = distant(desk);
  desk.carry(AdoptSession{session, {kFar}});
  desk.playFor(1s);
  desk.said();

  auto later = session;
  later.timeline.beatOrigin = time::Beats::fromDouble(20);
  later.startStop = {false, time::Beats::fromDouble(21), sessionTime(9'000'000)};
  desk.carry(OfferState{later.timeline, later.startStop});
  CHECK(desk.node.sessions().timeline() == later.timeline);
  CHECK(desk.node.sessions().startStop() == later.startStop);
  CHECK(announced(desk.said()).size() == 1);

  desk.carry(OfferState{session.timeline, session.startStop});
  CHECK(desk.node.sessions().timeline() == later.timeline);
  CHECK(desk.node.sessions().startStop() == later.startStop);
  CHECK(desk.said().empty());
}

SCENARIO("B-10 only who speaks from there is pinged there")
{
  auto desk = bridging();
  auto pointing = kAnna;
  pointing.state.measurement.address = address("10.0.0.66");
  desk.listenTo(pointing, 10s);
  auto proxied = Neighbour::founder("distant", address("10.0.0.9"), NodeOnDesk::kStart - 90s);
  proxied.state.measurement.address = address("192.168.3.4"); // an address from another town
  proxied.state.marker = Marker{};
  desk.listenTo(proxied, 10s);
  CHECK(NodeOnDesk::countPings(desk.said()) == 0);
}

SCENARIO("B-13 a bridge's node believes nothing that nobody could change again, and names who said it")
{
  auto desk = bridging();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 1s);
  const auto before = desk.node.sessions().timeline();
  auto poison = kAnna;
  poison.state.timeline.beatOrigin = time::Beats::fromDouble(1e6);
  desk.hear(poison.alive(), poison);
  CHECK(desk.node.sessions().timeline() == before);
  auto frozen = kAnna;
  const auto sessionNow = desk.node.sessions().transform().toSession(desk.now);
  frozen.state.startStop = {true, time::Beats{}, sessionNow + 5s};
  desk.hear(frozen.alive(), frozen);
  CHECK_FALSE(desk.node.sessions().startStop().isPlaying);
  REQUIRE(desk.node.lan().poisoner);
  CHECK(desk.node.lan().poisoner->id == kAnna.id);
  CHECK(desk.node.lan().poisoner->address == kAnna.speaksFrom.address);
  CHECK(desk.node.lan().poisoner->times == 2);

  auto honest = kAnna;
  honest.setTempo(125, before.toBeats(sessionNow));
  desk.hear(honest.alive(), honest);
  CHECK(desk.node.sessions().timeline() == honest.state.timeline);
}

SCENARIO("Orders mean nothing to a node that is no bridge's")
{
  auto desk = NodeOnDesk::onWire();
  const auto session = desk.node.sessions().current();
  desk.carry(AdoptSession{distant(desk), {kFar}});
  desk.carry(SpeakFor{{kFar}, {kFar}, {}});
  desk.carry(UseClock{ClockSource::bridge});
  CHECK(desk.node.sessions().current() == session);
  CHECK(desk.node.peerCount() == 0);
}

} // namespace tutti::link
