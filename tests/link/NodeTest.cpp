// A node by itself: when it speaks, what it says, and what it does when it is alone again.
#include <Catch.hpp>

#include "NodeOnDesk.hpp"

using namespace tutti;
using namespace tutti::link;
using namespace std::chrono_literals;
using discovery::MessageType;
using test::address;
using test::Neighbour;
using test::NodeOnDesk;

namespace {

constexpr auto kStart = NodeOnDesk::kStart;
const auto kAnna = Neighbour::founder("anna", address("10.0.0.7"), kStart - 1min);

/// In anna's session, she being the only peer.
NodeOnDesk withAnna()
{
  auto desk = NodeOnDesk::onWire();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 5s);
  REQUIRE(desk.node.peerCount() == 1);
  desk.said();
  desk.reported();
  return desk;
}

PeerState stateIn(const NodeOnDesk::Spoken& spoken)
{
  const auto message = discovery::parseMessage(spoken.send.datagram.bytes());
  REQUIRE(message);
  const auto state = parsePeerState(message->payload);
  REQUIRE(state);
  return *state;
}

template <class Report> std::vector<Report> only(const std::vector<Node::Action>& reports)
{
  std::vector<Report> found;
  for (const auto& report : reports)
    if (const auto* one = std::get_if<Report>(&report)) found.push_back(*one);
  return found;
}

} // namespace

TEST_CASE("A node that is not enabled says nothing")
{
  NodeOnDesk desk;
  desk.playFor(1min);
  CHECK(desk.said().empty());
  CHECK_FALSE(desk.node.nextDeadline());
}

TEST_CASE("A new gateway says one Alive to the group, and who and where it is")
{
  auto desk = NodeOnDesk::onWire(122);
  const auto said = desk.said();
  REQUIRE(said.size() == 1);
  CHECK(said[0].send.gateway == NodeOnDesk::kWire.address);
  CHECK(said[0].send.socket == Node::Socket::discovery);
  CHECK_FALSE(said[0].send.to);
  CHECK(said[0].send.datagram.size() == 107);

  const auto message = discovery::parseMessage(said[0].send.datagram.bytes());
  REQUIRE(message);
  CHECK(message->type == MessageType::alive);
  CHECK(message->ttl == 5s);
  CHECK(message->sender == desk.node.id());
  const auto state = stateIn(said[0]);
  CHECK(state.session == desk.node.id());
  CHECK(state.timeline.tempo.microsPerBeat() == 491'803);
  CHECK(state.startStop == SessionStartStop{});
  CHECK(state.measurement == Endpoint{NodeOnDesk::kWire.address, NodeOnDesk::kMeasurementPort});
  CHECK_FALSE(state.audio);
}

TEST_CASE("An IPv6 gateway says its IPv6 endpoint")
{
  NodeOnDesk desk;
  desk.enable();
  desk.open(NodeOnDesk::kWire6);
  const auto said = desk.said();
  REQUIRE(said.size() == 1);
  CHECK(said[0].send.datagram.size() == 119);
  CHECK(stateIn(said[0]).measurement.text() == "[fe80::1]:5002");
}

TEST_CASE("Alone on a wire a node says Alive four times a second and nothing else")
{
  auto desk = NodeOnDesk::onWire();
  desk.playUntil(kStart + 3s);
  const auto said = desk.said();
  CHECK(said.size() == 13);
  CHECK(NodeOnDesk::count(said, MessageType::alive) == 13);
}

TEST_CASE("A node with nothing to do never asks to be called at once again")
{
  auto desk = withAnna();
  auto last = desk.now;
  for (int i = 0; i < 1000; ++i) {
    const auto due = desk.node.nextDeadline();
    REQUIRE(due);
    CHECK(*due > last);
    last = *due;
    desk.node.advance(last);
  }
}

TEST_CASE("Disabling says goodbye on every gateway, and then nothing")
{
  auto desk = NodeOnDesk::onWire();
  desk.open(NodeOnDesk::kRadio);
  desk.open(NodeOnDesk::kWire6);
  desk.said();
  const auto id = desk.node.id();
  desk.disable();
  const auto said = desk.said();
  REQUIRE(said.size() == 3);
  std::vector<IpAddress> gateways;
  for (const auto& one : said) {
    CHECK(one.send.datagram == encodeByeBye(id));
    CHECK_FALSE(one.send.to);
    gateways.push_back(one.send.gateway);
  }
  CHECK(gateways ==
        std::vector{NodeOnDesk::kWire.address, NodeOnDesk::kRadio.address, NodeOnDesk::kWire6.address});
  desk.playFor(1min);
  CHECK(desk.said().empty());
}

TEST_CASE("Enabling twice and disabling twice are once")
{
  auto desk = NodeOnDesk::onWire();
  const auto id = desk.node.id();
  desk.said();
  desk.enable();
  CHECK(desk.said().empty());
  CHECK(desk.node.id() == id);
  desk.disable();
  CHECK(desk.said().size() == 1);
  desk.disable();
  CHECK(desk.said().empty());
}

TEST_CASE("Each enabling begins a new session under a new name, in which tempo and beats go on")
{
  NodeOnDesk desk{137};
  const auto id = desk.node.id();
  desk.now = kStart + 90s;
  const auto before = desk.node.sessions().client().timeline;
  desk.enable();
  CHECK(desk.node.id() != id);
  CHECK(desk.node.sessions().current() == desk.node.id());
  const auto& after = desk.node.sessions().client().timeline;
  CHECK(after.tempo == before.tempo);
  CHECK(after.toBeats(desk.now) == before.toBeats(desk.now));
  CHECK(desk.node.sessions().transform().toSession(desk.now) == SessionTime{});
}

TEST_CASE("A gateway that goes says goodbye there, the others go on")
{
  auto desk = NodeOnDesk::onWire();
  desk.open(NodeOnDesk::kRadio);
  desk.said();
  desk.close(NodeOnDesk::kWire);
  auto said = desk.said();
  REQUIRE(said.size() == 1);
  CHECK(said[0].send.gateway == NodeOnDesk::kWire.address);
  CHECK(NodeOnDesk::count(said, MessageType::byeBye) == 1);
  desk.close(NodeOnDesk::kWire);
  CHECK(desk.said().empty());

  desk.playFor(10s);
  said = desk.said();
  CHECK(said.size() == 40);
  for (const auto& one : said) CHECK(one.send.gateway == NodeOnDesk::kRadio.address);
}

TEST_CASE("A gateway that comes back announces itself at once")
{
  auto desk = NodeOnDesk::onWire();
  desk.close(NodeOnDesk::kWire);
  desk.said();
  desk.open(NodeOnDesk::kWire);
  CHECK(NodeOnDesk::count(desk.said(), MessageType::alive) == 1);
}

TEST_CASE("A change here is announced on every gateway, a burst of them twice")
{
  auto desk = NodeOnDesk::onWire();
  desk.open(NodeOnDesk::kRadio);
  desk.playFor(100ms);
  desk.said();
  for (int i = 1; i <= 10; ++i) {
    desk.setTempo(120 + i);
    desk.playFor(1ms);
  }
  auto said = desk.said();
  CHECK(said.size() == 2);
  CHECK(stateIn(said[0]).timeline.tempo.bpm() == Approx(121).epsilon(1e-5));
  desk.playFor(45ms);
  said = desk.said();
  CHECK(said.size() == 2);
  for (const auto& one : said) CHECK(stateIn(one).timeline.tempo.bpm() == Approx(130).epsilon(1e-5));
}

TEST_CASE("A change of tempo is reported once, clamped")
{
  NodeOnDesk desk;
  desk.setTempo(5000);
  const auto tempi = only<Node::TempoChanged>(desk.reported());
  REQUIRE(tempi.size() == 1);
  CHECK(tempi[0].tempo.bpm() == 999.0);
  desk.setTempo(999);
  CHECK(desk.reported().empty());
}

TEST_CASE("Start and stop are reported each time they change, followed or not")
{
  NodeOnDesk desk;
  for (const bool follows : {false, true}) {
    desk.node.setFollowsStartStop(follows);
    desk.now += 1s;
    desk.startPlaying();
    desk.now += 1s;
    desk.startPlaying();
    auto reports = only<Node::StartStopChanged>(desk.reported());
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].isPlaying);
    desk.now += 1s;
    desk.stopPlaying();
    reports = only<Node::StartStopChanged>(desk.reported());
    REQUIRE(reports.size() == 1);
    CHECK_FALSE(reports[0].isPlaying);
  }
}

TEST_CASE("A start goes out only from who follows start and stop")
{
  auto desk = NodeOnDesk::onWire();
  desk.playFor(1s);
  desk.startPlaying();
  desk.playFor(1s);
  for (const auto& one : desk.said()) CHECK(stateIn(one).startStop == SessionStartStop{});

  desk.node.setFollowsStartStop(true);
  desk.playFor(1s);
  for (const auto& one : desk.said()) CHECK(stateIn(one).startStop == SessionStartStop{});

  desk.stopPlaying();
  desk.playFor(100ms);
  const auto said = desk.said();
  REQUIRE_FALSE(said.empty());
  CHECK(stateIn(said.back()).startStop.timestamp != SessionTime{});
  CHECK_FALSE(stateIn(said.back()).startStop.isPlaying);
}

TEST_CASE("When the last peer says goodbye, a new session under a new name begins at once")
{
  auto desk = withAnna();
  const auto id = desk.node.id();
  const auto before = desk.node.sessions().client().timeline.toBeats(desk.now);
  desk.playFor(60ms);
  desk.said();
  desk.hear(kAnna.byeBye(), kAnna);

  CHECK(desk.node.peerCount() == 0);
  CHECK(desk.node.id() != id);
  CHECK(desk.node.sessions().current() == desk.node.id());
  const auto counts = only<Node::PeerCountChanged>(desk.reported());
  REQUIRE(counts.size() == 1);
  CHECK(counts[0].peers == 0);

  desk.playFor(50ms);
  const auto said = desk.said();
  REQUIRE_FALSE(said.empty());
  CHECK(NodeOnDesk::count(said, MessageType::byeBye) == 0);
  CHECK(stateIn(said.back()).session == desk.node.id());
  CHECK(stateIn(said.back()).timeline.timeOrigin == SessionTime{});
  const auto after = desk.node.sessions().client().timeline.toBeats(desk.now - 110ms);
  CHECK(std::abs((after - before).microBeats()) <= 2);
}

TEST_CASE("A peer that falls silent is gone six to seven seconds after its last word")
{
  auto desk = withAnna();
  desk.forgetNeighbours();
  desk.hear(kAnna.alive(), kAnna);
  desk.playFor(5999ms);
  CHECK(desk.node.peerCount() == 1);
  desk.playFor(1ms);
  CHECK(desk.node.peerCount() == 0);
}

TEST_CASE("The same peer on two gateways is one, and stays while one of them hears it")
{
  auto desk = NodeOnDesk::onWire();
  desk.open(NodeOnDesk::kRadio);
  const auto overRadio = kAnna.friendNamed("anna", address("192.168.7.7"));
  desk.meet(kAnna);
  desk.meet(overRadio);
  desk.hear(overRadio.alive(), overRadio, NodeOnDesk::kRadio);
  desk.listenTo(kAnna, 2s);
  CHECK(desk.node.peerCount() == 1);
  CHECK(desk.node.peers().entries().size() == 2);

  desk.hear(kAnna.byeBye(), kAnna);
  CHECK(desk.node.peerCount() == 1);
  CHECK(desk.node.sessions().current() == kAnna.id);
  desk.close(NodeOnDesk::kRadio);
  CHECK(desk.node.peerCount() == 0);
}

TEST_CASE("Disabling among peers reports that they are gone, and goes on with the beats")
{
  auto desk = withAnna();
  const auto tempo = desk.node.sessions().client().timeline.tempo;
  desk.reported();
  desk.disable();
  CHECK(desk.node.peerCount() == 0);
  const auto counts = only<Node::PeerCountChanged>(desk.reported());
  REQUIRE(counts.size() == 1);
  CHECK(counts[0].peers == 0);
  CHECK(desk.node.sessions().client().timeline.tempo == tempo);
  CHECK(desk.node.sessions().current() != kAnna.id);
}

TEST_CASE("The same seed tells the same story")
{
  const auto told = [](std::uint64_t seed) {
    NodeOnDesk desk{120, seed};
    desk.enable();
    return desk.node.id();
  };
  CHECK(told(7) == told(7));
  CHECK(told(7) != told(8));
}

TEST_CASE("A change captured before going over does not move the session that was joined")
{
  auto desk = NodeOnDesk::onWire();
  const auto before = desk.node.sessions().client();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 1s);
  REQUIRE(desk.node.sessions().current() == kAnna.id);
  const auto joined = desk.node.sessions().timeline();

  SessionState late{before, SessionState::Company::alone};
  late.setTempo(time::Tempo::fromBpm(150), desk.now);
  desk.commit({late.current().timeline, std::nullopt, desk.now, before.session});
  CHECK(desk.node.sessions().timeline() == joined);
  CHECK(desk.node.sessions().client().session == kAnna.id);

  SessionState timely{desk.node.sessions().client(), SessionState::Company::withPeers};
  timely.setTempo(time::Tempo::fromBpm(150), desk.now);
  desk.commit({timely.current().timeline, std::nullopt, desk.now, kAnna.id});
  CHECK(desk.node.sessions().timeline().tempo.bpm() == 150);
}

TEST_CASE("A change captured before enabling, or before the last peer left, still counts")
{
  NodeOnDesk desk;
  const auto before = desk.node.sessions().client();
  desk.enable();
  SessionState early{before, SessionState::Company::alone};
  early.setTempo(time::Tempo::fromBpm(150), desk.now);
  desk.commit({early.current().timeline, std::nullopt, desk.now, before.session});
  CHECK(desk.node.sessions().timeline().tempo.bpm() == 150);

  auto left = withAnna();
  SessionState among{left.node.sessions().client(), SessionState::Company::withPeers};
  left.hear(kAnna.byeBye(), kAnna);
  among.setTempo(time::Tempo::fromBpm(150), left.now);
  left.commit({among.current().timeline, std::nullopt, left.now, kAnna.id});
  CHECK(left.node.sessions().timeline().tempo.bpm() == 150);
}
