// What a node makes of the discovery messages and pings of others.
#include <Catch.hpp>
#include <Dice.hpp>
#include <Fixtures.hpp>

#include "NodeOnDesk.hpp"

using namespace tutti;
using namespace tutti::link;
using namespace tutti::time::literals;
using namespace std::chrono_literals;
using discovery::MessageType;
using test::address;
using test::Bytes;
using test::Neighbour;
using test::NodeOnDesk;

namespace {

constexpr auto kStart = NodeOnDesk::kStart;
const auto kAnna = Neighbour::founder("anna", address("10.0.0.7"), kStart - 1min);
const Endpoint kPinger{address("10.0.0.8"), 6000};

Bytes with(const Datagram& datagram, std::size_t offset, unsigned value)
{
  auto bytes = test::copyOf(datagram.bytes());
  bytes.at(offset) = static_cast<std::byte>(value);
  return bytes;
}

/// An Alive of anna's with these bytes instead of her state.
Bytes aliveSaying(std::string_view hex)
{
  auto bytes = test::copyOf(kAnna.alive().bytes().first(20));
  const auto more = test::bytesOf(hex);
  bytes.insert(bytes.end(), more.begin(), more.end());
  return bytes;
}

Bytes ping(std::size_t payloadSize, unsigned filling = 0xa5)
{
  auto bytes = test::bytesOf("5f6c696e6b5f7601 01");
  bytes.resize(9 + payloadSize, static_cast<std::byte>(filling));
  return bytes;
}

std::optional<PeerState> stateIn(const NodeOnDesk::Spoken& spoken)
{
  const auto message = discovery::parseMessage(spoken.send.datagram.bytes());
  return message ? parsePeerState(message->payload) : std::nullopt;
}

/// As it sounds when it has travelled: tempi are whole microseconds per beat.
time::SessionTimeline heard(time::SessionTimeline said)
{
  said.tempo = time::Tempo::fromMicrosPerBeat(said.tempo.microsPerBeat());
  return said;
}

std::size_t responses(NodeOnDesk& desk)
{
  return NodeOnDesk::count(desk.said(), MessageType::response);
}

} // namespace

TEST_CASE("An Alive is answered at once with one Response to whom it came from")
{
  auto desk = NodeOnDesk::onWire();
  desk.said();
  desk.hear(kAnna.alive(), kAnna);
  const auto said = desk.said();
  REQUIRE(NodeOnDesk::count(said, MessageType::response) == 1);
  CHECK(said[0].at == desk.now);
  CHECK(said[0].send.to == kAnna.speaksFrom);
  CHECK(said[0].send.socket == Node::Socket::discovery);
  CHECK(said[0].send.gateway == NodeOnDesk::kWire.address);
  const auto message = discovery::parseMessage(said[0].send.datagram.bytes());
  CHECK(message->type == MessageType::response);
  CHECK(message->ttl == 5s);
  CHECK(message->sender == desk.node.id());
  CHECK(parsePeerState(message->payload)->session == desk.node.id());
}

TEST_CASE("A Response is not answered, but heard")
{
  auto desk = NodeOnDesk::onWire();
  desk.said();
  desk.hear(kAnna.response(), kAnna);
  CHECK(responses(desk) == 0);
  CHECK(desk.node.peers().find({kAnna.id, NodeOnDesk::kWire.address}));
}

TEST_CASE("An Alive whose state is broken is answered, and nothing of it believed")
{
  auto desk = NodeOnDesk::onWire();
  desk.said();
  const auto wrongs = {"", "ff", "746d6c6e00000018", "666f6f21 00000001 07",
                       "73657373 00000008 0102030405060708"};
  for (const auto* wrong : wrongs) {
    CAPTURE(wrong);
    desk.hear(aliveSaying(wrong), kAnna.speaksFrom);
    CHECK(responses(desk) == 1);
    CHECK(desk.node.peers().entries().empty());
  }
  CHECK(desk.refusals().malformedState == wrongs.size());
}

TEST_CASE("A broken state does not prolong a peer's life")
{
  auto desk = NodeOnDesk::onWire();
  desk.hear(kAnna.response(), kAnna);
  desk.playFor(5s);
  desk.hear(aliveSaying(""), kAnna.speaksFrom);
  desk.playFor(1s);
  CHECK(desk.node.peers().entries().empty());
}

TEST_CASE("What a node hears of itself is nobody")
{
  auto desk = NodeOnDesk::onWire();
  const auto echo = desk.said().front().send.datagram;
  desk.hear(echo.bytes(), {NodeOnDesk::kWire.address, 4001});
  CHECK(desk.said().empty());
  CHECK(desk.node.peers().entries().empty());
  CHECK(desk.refusals().ownEcho == 1);
}

TEST_CASE("What is not Link, or another Link, is counted by its reason and not answered")
{
  auto desk = NodeOnDesk::onWire();
  desk.said();
  const auto alive = kAnna.alive();
  const auto hear = [&](const Bytes& bytes) { desk.hear(bytes, kAnna.speaksFrom); };
  hear({});
  hear(test::copyOf(alive.bytes().first(19)));
  hear(Bytes(300, std::byte{0x5f}));
  CHECK(desk.refusals().notLink == 3);
  hear(with(alive, 7, 2));
  hear(with(alive, 10, 1));
  hear(with(alive, 11, 255));
  CHECK(desk.refusals().wrongVersionOrGroup == 3);
  hear(with(alive, 8, 0));
  hear(with(alive, 8, 4));
  CHECK(desk.refusals().unknownType == 2);
  CHECK(desk.refusals().total() == 8);
  CHECK(desk.said().empty());
  CHECK(desk.node.peers().entries().empty());
}

TEST_CASE("Who is not on the link is neither answered nor believed")
{
  auto desk = NodeOnDesk::onWire();
  desk.said();
  const auto stranger = Neighbour::founder("stranger", address("10.0.1.7"), kStart - 1min);
  desk.hear(stranger.alive(), stranger);
  desk.hear(stranger.response(), stranger);
  desk.hearMeasurement(ping(16), {address("8.8.8.8"), 20808});
  CHECK(desk.said().empty());
  CHECK(desk.node.peers().entries().empty());
  CHECK(desk.refusals().offLink == 3);
}

TEST_CASE("A goodbye from nobody changes nothing")
{
  auto desk = NodeOnDesk::onWire();
  const auto id = desk.node.id();
  desk.hear(kAnna.byeBye(), kAnna);
  CHECK(desk.node.id() == id);
  CHECK(desk.reported().empty());
}

TEST_CASE("A datagram for a gateway that has gone is nobody's")
{
  auto desk = NodeOnDesk::onWire();
  desk.close(NodeOnDesk::kWire);
  desk.said();
  desk.hear(kAnna.alive(), kAnna);
  desk.hearMeasurement(ping(0), kPinger);
  CHECK(desk.said().empty());
}

TEST_CASE("A new name from the same source retires the old one at once")
{
  auto desk = NodeOnDesk::onWire();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 2s);
  REQUIRE(desk.node.peerCount() == 1);
  const auto friendly = kAnna.friendNamed("berta", address("10.0.0.9"));
  desk.hear(friendly.alive(), friendly);
  REQUIRE(desk.node.peerCount() == 2);

  auto renamed = kAnna;
  renamed.id = test::named("anna again");
  desk.hear(renamed.alive(), renamed);
  CHECK(desk.node.peerCount() == 2);
  CHECK_FALSE(desk.node.peers().find({kAnna.id, NodeOnDesk::kWire.address}));
  CHECK(desk.node.peers().find({renamed.id, NodeOnDesk::kWire.address}));
}

TEST_CASE("An endpoint at another address than the speaker's is never pinged")
{
  auto desk = NodeOnDesk::onWire();
  auto liar = kAnna;
  liar.state.measurement.address = address("10.0.0.66");
  desk.listenTo(liar, 2s);
  liar.state.measurement = {kAnna.state.measurement.address, 0};
  desk.listenTo(liar, 2s);
  liar.state.measurement = {address("fe80::66"), 4002};
  desk.listenTo(liar, 2s);
  CHECK(NodeOnDesk::countPings(desk.said()) == 0);
  CHECK(desk.refusals().foreignMeasurement == 24);
}

TEST_CASE("Once a peer tells its true endpoint it is measured")
{
  auto desk = NodeOnDesk::onWire();
  auto liar = kAnna;
  liar.state.measurement.address = address("10.0.0.66");
  desk.listenTo(liar, 2s);
  desk.meet(kAnna);
  desk.listenTo(kAnna, 2s);
  CHECK(desk.node.sessions().current() == kAnna.id);
}

TEST_CASE("On IPv6 the peer's endpoint is pinged in the gateway's scope")
{
  NodeOnDesk desk;
  desk.enable();
  desk.open(NodeOnDesk::kWire6);
  const auto six = Neighbour::founder("six", address("fe80::7").withScope(2), kStart - 1min);
  desk.meet(six);
  desk.hear(six.alive(), six, NodeOnDesk::kWire6);
  desk.playFor(1s);
  CHECK(desk.node.sessions().current() == six.id);
  for (const auto& one : desk.said())
    if (one.send.to) CHECK(one.send.to->address.scope() == 2);
}

TEST_CASE("A ping is answered with our session, our time and its payload, up to 32 bytes of it")
{
  auto desk = NodeOnDesk::onWire();
  desk.playFor(3s);
  desk.said();
  for (std::size_t size = 0; size <= kLargestEcho; ++size) {
    CAPTURE(size);
    const auto question = ping(size);
    desk.hearMeasurement(question, kPinger);
    const auto said = desk.said();
    REQUIRE(said.size() == 1);
    CHECK(said[0].send.to == kPinger);
    CHECK(said[0].send.socket == Node::Socket::measurement);
    const auto expected =
      encodePong(desk.node.id(), SessionTime{desk.now - kStart}, std::span{question}.subspan(9));
    CHECK(said[0].send.datagram == expected);
  }
}

TEST_CASE("What is no ping, or one with too much to say, is not answered")
{
  auto desk = NodeOnDesk::onWire();
  desk.said();
  auto other = ping(16);
  const auto hear = [&](const Bytes& bytes) { desk.hearMeasurement(bytes, kPinger); };
  hear(ping(33));
  hear(ping(48));
  hear(ping(500));
  CHECK(desk.refusals().malformedState == 3);
  hear({});
  hear(test::copyOf(std::span{other}.first(8)));
  CHECK(desk.refusals().notLink == 2);
  other[7] = std::byte{2};
  hear(other);
  CHECK(desk.refusals().wrongVersionOrGroup == 1);
  other[7] = std::byte{1};
  other[8] = std::byte{0};
  hear(other);
  CHECK(desk.refusals().unknownType == 1);
  hear(test::hexFixture("pong-v3-next.hex"));
  CHECK(desk.refusals().unaskedPong == 1);
  other[8] = std::byte{2};
  hear(other);
  CHECK(desk.refusals().malformedState == 4);
  CHECK(desk.said().empty());
}

TEST_CASE("A ping is answered with the joined session's time")
{
  auto desk = NodeOnDesk::onWire();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 5s);
  desk.said();
  desk.hearMeasurement(ping(0), kPinger);
  const auto said = desk.said();
  REQUIRE(said.size() == 1);
  const auto message = parseMeasurementMessage(said[0].send.datagram.bytes());
  const auto pong = parsePong(message->payload);
  CHECK(pong->session == kAnna.id);
  CHECK(pong->answeredAt == kAnna.transform.toSession(desk.now));
}

TEST_CASE("Answers are rationed by source, Responses and pongs together")
{
  auto desk = NodeOnDesk::onWire();
  desk.said();
  for (int i = 0; i < 200; ++i) desk.hear(kAnna.alive(), kAnna);
  CHECK(responses(desk) == 200);
  for (int i = 0; i < 200; ++i) desk.hearMeasurement(ping(32), {kAnna.speaksFrom.address, 7000});
  CHECK(desk.said().size() == 56);
  CHECK(desk.refusals().tooMany == 144);
  desk.hearMeasurement(ping(32), kPinger);
  CHECK(desk.said().size() == 1);
  desk.playFor(1s);
  desk.said();
  for (int i = 0; i < 200; ++i) desk.hearMeasurement(ping(32), kAnna.speaksFrom);
  CHECK(desk.said().size() == 50);
}

TEST_CASE("Who asks too often is still listened to")
{
  auto desk = NodeOnDesk::onWire();
  for (int i = 0; i < 1000; ++i) desk.hear(kAnna.alive(), kAnna);
  auto changed = kAnna;
  changed.setTempo(140, 3_beats);
  desk.hear(changed.alive(), changed);
  const auto* entry = desk.node.peers().find({kAnna.id, NodeOnDesk::kWire.address});
  REQUIRE(entry);
  CHECK(entry->state.timeline.beatOrigin == 3_beats);
}

TEST_CASE("A peer's change of tempo is adopted, told and passed on")
{
  auto desk = NodeOnDesk::onWire();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 2s);
  desk.playFor(60ms);
  desk.said();
  desk.reported();

  auto changed = kAnna;
  changed.setTempo(140, 300_beats);
  desk.hear(changed.alive(), changed);
  CHECK(desk.node.sessions().timeline().beatOrigin == 300_beats);
  const auto reports = desk.reported();
  REQUIRE(reports.size() == 1);
  CHECK(std::get<Node::TempoChanged>(reports[0]).tempo.bpm() == Approx(140).epsilon(1e-5));
  desk.playFor(50ms);
  std::optional<time::SessionTimeline> passedOn;
  for (const auto& one : desk.said())
    if (const auto state = stateIn(one); state && !one.send.to) passedOn = state->timeline;
  CHECK(passedOn == heard(changed.state.timeline));
}

TEST_CASE("A peer that says an outdated timeline is told the better one")
{
  auto desk = NodeOnDesk::onWire();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 2s);
  desk.setTempo(140);
  const auto ours = desk.node.sessions().timeline();
  desk.playFor(100ms);
  desk.said();
  auto outdated = kAnna;
  outdated.setTempo(90, 1_beats);
  desk.hear(outdated.response(), outdated);
  CHECK(desk.node.sessions().timeline() == ours);
  CHECK(NodeOnDesk::count(desk.said(), MessageType::alive) == 1);
  desk.hear(outdated.response(), outdated);
  CHECK(desk.said().empty()); // once is enough
}

TEST_CASE("Noise of all kinds is counted, datagram by datagram, and leaves no trace")
{
  auto desk = NodeOnDesk::onWire();
  test::Dice dice{4711};
  const auto id = desk.node.id();
  constexpr int kDatagrams = 20'000;
  for (int i = 0; i < kDatagrams; ++i) {
    Bytes noise(static_cast<std::size_t>(dice.whole(0, 512)));
    for (auto& byte : noise) byte = static_cast<std::byte>(dice.whole(0, 255));
    if (i % 2 == 0)
      desk.hear(noise, kPinger);
    else
      desk.hearMeasurement(noise, kPinger);
  }
  CHECK(desk.refusals().total() == kDatagrams);
  CHECK(desk.node.id() == id);
  CHECK(desk.node.peers().entries().empty());
}

TEST_CASE("A flood of names is forgotten name by name, its alarms included")
{
  constexpr std::size_t kMostOfOneSource = 256;
  auto desk = NodeOnDesk::onWire();
  auto flood = kAnna;
  flood.ttl = 255s;
  for (int i = 0; i < 5000; ++i) {
    flood.id = test::named(std::to_string(10'000'000 + i));
    flood.state.measurement.port = 0;
    flood.speaksFrom.port = static_cast<std::uint16_t>(10'000 + i);
    desk.playFor(1ms);
    desk.hear(flood.response(), flood);
  }
  CHECK(desk.node.peers().entries().size() == kMostOfOneSource);
  for (const auto& [key, entry] : PeerTable::Entries{desk.node.peers().entries()}) {
    flood.id = key.id;
    desk.hear(flood.byeBye(), flood);
  }
  CHECK(desk.node.peers().entries().empty());
  desk.said();
  std::size_t alarms = 0;
  for (const auto end = desk.now + 262s; desk.now < end; ++alarms) desk.playUntil(*desk.node.nextDeadline());
  CHECK(alarms == NodeOnDesk::count(desk.said(), MessageType::alive)); // none for who is gone already
}
