// How a node finds out which session to be in, and keeps its clock.
#include <Catch.hpp>

#include "NodeOnDesk.hpp"

using namespace tutti;
using namespace tutti::link;
using namespace tutti::time::literals;
using namespace std::chrono_literals;
using test::address;
using test::Neighbour;
using test::NodeOnDesk;

namespace {

constexpr auto kStart = NodeOnDesk::kStart;
constexpr auto kHeartbeat = 250ms;
constexpr auto kRemeasure = 30s;

Neighbour anna()
{
  auto anna = Neighbour::founder("anna", address("10.0.0.7"), kStart - 1min);
  anna.setTempo(97, 100_beats);
  return anna;
}
const auto kAnna = anna();

NodeOnDesk withAnna()
{
  auto desk = NodeOnDesk::onWire();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 5s);
  REQUIRE(desk.node.sessions().current() == kAnna.id);
  desk.said();
  desk.reported();
  return desk;
}

/// When pings were sent to this neighbour, the first of each measurement: those that repeat nothing.
std::vector<HostTime> measurementsOf(const Neighbour& neighbour, const std::vector<NodeOnDesk::Spoken>& said)
{
  std::vector<HostTime> starts;
  for (const auto& one : said) {
    if (one.send.to != neighbour.state.measurement || NodeOnDesk::countPings({one}) == 0) continue;
    if (starts.empty() || one.at - starts.back() > 10s) starts.push_back(one.at);
  }
  return starts;
}

} // namespace

TEST_CASE("A newcomer measures the older session and is in it within milliseconds")
{
  auto desk = NodeOnDesk::onWire();
  desk.meet(kAnna);
  desk.said();
  desk.hear(kAnna.alive(), kAnna);
  CHECK(NodeOnDesk::countPings(desk.said()) == 1);
  desk.playFor(51 * 2 * NodeOnDesk::kOneWay);

  CHECK(desk.node.sessions().current() == kAnna.id);
  CHECK(desk.node.sessions().transform() == kAnna.transform);
  CHECK(desk.node.sessions().timeline().beatOrigin == 100_beats);
  CHECK(desk.node.peerCount() == 1);
  const auto reports = desk.reported();
  REQUIRE(reports.size() == 2);
  CHECK(std::get<Node::PeerCountChanged>(reports[0]).peers == 1);
  CHECK(std::get<Node::TempoChanged>(reports[1]).tempo.bpm() == Approx(97).epsilon(1e-5));
}

TEST_CASE("The joined session is announced within 50 ms of the first word")
{
  auto desk = NodeOnDesk::onWire();
  desk.meet(kAnna);
  desk.hear(kAnna.alive(), kAnna);
  desk.said();
  desk.playFor(51ms);
  std::optional<NodeId> announced;
  for (const auto& one : desk.said())
    if (const auto message = discovery::parseMessage(one.send.datagram.bytes()); message && !one.send.to)
      announced = parsePeerState(message->payload)->session;
  CHECK(announced == kAnna.id);
}

TEST_CASE("A founder lets a younger session come to it")
{
  auto desk = NodeOnDesk::onWire();
  desk.playFor(10s);
  const auto newcomer = Neighbour::founder("newcomer", address("10.0.0.7"), desk.now);
  desk.meet(newcomer);
  desk.listenTo(newcomer, 2s);
  CHECK(desk.node.sessions().current() == desk.node.id());
  CHECK(desk.node.peerCount() == 0);

  auto joined = newcomer;
  joined.state.session = desk.node.id();
  joined.state.timeline = desk.node.sessions().timeline();
  desk.hear(joined.alive(), joined);
  CHECK(desk.node.peerCount() == 1);
}

TEST_CASE("Of two sessions born within half a second the lower id wins")
{
  const auto winner = [](std::string_view other) {
    auto desk = NodeOnDesk::onWire();
    const auto rival = Neighbour::founder(other, address("10.0.0.7"), kStart + 254ms);
    desk.meet(rival);
    desk.now = kStart + 300ms;
    desk.hear(rival.alive(), rival);
    desk.playFor(1s);
    return desk.node.sessions().current() == rival.id;
  };
  CHECK(winner("!!!!!!!!"));
  CHECK_FALSE(winner("~~~~~~~~"));
}

TEST_CASE("A session that cannot be measured is tried again at its next word")
{
  auto desk = NodeOnDesk::onWire();
  desk.said();
  desk.hear(kAnna.alive(), kAnna);
  desk.playFor(299ms);
  CHECK(NodeOnDesk::countPings(desk.said()) == 6);
  CHECK(desk.node.sessions().knows(kAnna.id));
  desk.playFor(1ms);
  CHECK_FALSE(desk.node.sessions().knows(kAnna.id));
  CHECK(desk.node.peers().entries().empty());

  desk.meet(kAnna);
  desk.hear(kAnna.alive(), kAnna);
  desk.playFor(1s);
  CHECK(desk.node.sessions().current() == kAnna.id);
}

TEST_CASE("Two sessions are measured at once, and neither spoils the other's pongs")
{
  auto desk = NodeOnDesk::onWire();
  const auto older = Neighbour::founder("older", address("10.0.0.8"), kStart - 2min);
  desk.meet(kAnna);
  desk.meet(older);
  desk.hear(kAnna.alive(), kAnna);
  desk.hear(older.alive(), older);
  desk.playFor(51 * 2 * NodeOnDesk::kOneWay + 1ms);
  CHECK(desk.node.sessions().current() == older.id);
  CHECK(desk.node.sessions().knows(kAnna.id));
  CHECK(desk.refusals().unaskedPong == 0);
}

TEST_CASE("A pong counts only from the endpoint that was pinged")
{
  auto desk = NodeOnDesk::onWire();
  desk.hear(kAnna.alive(), kAnna);
  const auto said = desk.said();
  const auto ping =
    std::ranges::find_if(said, [](const auto& one) { return NodeOnDesk::countPings({one}) == 1; });
  REQUIRE(ping != said.end());
  auto forged = kAnna;
  forged.state.session = test::named("forged");
  const auto pong = forged.pong(ping->send.datagram, desk.now);
  desk.hearMeasurement(pong.bytes(), {kAnna.state.measurement.address, 4003});
  desk.hearMeasurement(pong.bytes(), {address("10.0.0.66"), kAnna.state.measurement.port});
  CHECK(desk.refusals().unaskedPong == 2);
  CHECK(desk.node.sessions().knows(kAnna.id));
  desk.hearMeasurement(pong.bytes(), kAnna.state.measurement);
  CHECK(desk.refusals().unaskedPong == 2);
  CHECK_FALSE(desk.node.sessions().knows(kAnna.id)); // a foreign session's answer: given up at once
}

TEST_CASE("The founder is measured if it was heard, else the first of the session's members")
{
  const auto berta = kAnna.friendNamed("berta", address("10.0.0.8"));
  const auto aaron = kAnna.friendNamed("aaron", address("10.0.0.9"));
  auto desk = NodeOnDesk::onWire();
  desk.hear(berta.alive(), berta);
  desk.hear(aaron.alive(), aaron);
  CHECK(measurementsOf(berta, desk.said()).size() == 1); // the only one heard so far
  desk.playFor(kHeartbeat + 50ms);                       // it fails: all are forgotten
  desk.said();

  desk.hear(kAnna.alive(), kAnna);
  CHECK(measurementsOf(kAnna, desk.said()).size() == 1);
}

TEST_CASE("Who joined measures the founder again every 30 s")
{
  auto desk = withAnna();
  desk.listenTo(kAnna, 95s);
  const auto said = desk.said();
  std::vector<HostTime> starts;
  std::size_t burst = 0;
  HostTime last{};
  for (const auto& one : said) {
    if (NodeOnDesk::countPings({one}) == 0) continue;
    burst = one.at - last < 20ms ? burst + 1 : 1;
    last = one.at;
    if (burst == 100) starts.push_back(one.at); // probes are much shorter
  }
  REQUIRE(starts.size() == 3);
  CHECK(starts[1] - starts[0] == kRemeasure);
  CHECK(starts[2] - starts[1] == kRemeasure);
}

TEST_CASE("A failed re-measurement changes nothing, and is tried again after 30 s")
{
  auto desk = withAnna();
  desk.forgetNeighbours();
  desk.listenTo(kAnna, 32s);
  CHECK(desk.node.sessions().current() == kAnna.id);
  CHECK(desk.node.sessions().transform() == kAnna.transform);
  CHECK(desk.node.peerCount() == 1);

  auto moved = kAnna;
  moved.transform.intercept += 80ms;
  desk.meet(moved);
  desk.listenTo(kAnna, 32s);
  CHECK(desk.node.sessions().transform() == moved.transform);
}

TEST_CASE("A founder never measures, but to see how its peers are")
{
  auto desk = NodeOnDesk::onWire();
  auto peer = kAnna;
  peer.state.session = desk.node.id();
  peer.transform = desk.node.sessions().transform();
  peer.transform.intercept += 700us;
  desk.meet(peer);
  desk.listenTo(peer, 2min);
  CHECK(desk.node.sessions().current() == desk.node.id());
  CHECK(desk.node.sessions().transform().intercept == Micros{-microsOf(kStart)});
  const auto status = desk.node.status(desk.now);
  CHECK_FALSE(status.estimate);
  REQUIRE(status.peers.size() == 1);
  CHECK(status.peers[0].phaseError == 700us);
  CHECK(status.syncHistory.size() >= 55);
}

TEST_CASE("After a reset nothing is measured again until somebody is heard")
{
  auto desk = withAnna();
  desk.hear(kAnna.byeBye(), kAnna);
  desk.said();
  desk.playFor(2min);
  CHECK(NodeOnDesk::countPings(desk.said()) == 0);
}

TEST_CASE("A small correction of the session's clock is slewed, beats do not leap")
{
  auto desk = withAnna();
  auto drifted = kAnna;
  drifted.transform.intercept += 1ms;
  desk.forgetNeighbours();
  desk.meet(drifted);
  auto before = desk.node.sessions().transform().intercept;
  auto then = desk.now;
  for (int i = 0; i < 40 * 4; ++i) {
    desk.listenTo(drifted, kHeartbeat);
    const auto intercept = desk.node.sessions().transform().intercept;
    CHECK(5000 * (intercept - before) <= desk.now - then + 50ms);
    before = intercept;
    then = desk.now;
  }
  CHECK(before == drifted.transform.intercept);
}

TEST_CASE("At most 32 strangers are measured at once, the others at their next word")
{
  auto desk = NodeOnDesk::onWire();
  std::vector<Neighbour> strangers;
  for (int i = 0; i < 40; ++i) {
    const auto ip = IpAddress::v4({10, 0, 0, static_cast<std::uint8_t>(50 + i)});
    strangers.push_back(Neighbour::founder(std::to_string(10'000'000 + i), ip, kStart - 1min));
    desk.hear(strangers.back().alive(), strangers.back());
  }
  CHECK(NodeOnDesk::countPings(desk.said()) == 32);
  desk.playFor(kHeartbeat + 50ms);
  desk.said();
  desk.meet(strangers.back());
  desk.hear(strangers.back().alive(), strangers.back());
  CHECK(NodeOnDesk::countPings(desk.said()) == 1);
}

TEST_CASE("A late echo of the name we had before a reset is seen through")
{
  auto desk = withAnna();
  desk.playFor(1s);
  const auto echo = desk.said().back().send.datagram;
  const auto self = Neighbour::founder("self", NodeOnDesk::kWire.address, desk.now);
  desk.hear(kAnna.byeBye(), kAnna);
  const auto session = desk.node.sessions().current();
  desk.hear(echo.bytes(), self.speaksFrom);
  desk.playFor(2s);
  CHECK(desk.node.sessions().current() == session);
  CHECK(desk.node.peerCount() == 0);
}

TEST_CASE("A session is joined though the interface it was being measured over went away")
{
  auto desk = NodeOnDesk::onWire();
  desk.open(NodeOnDesk::kRadio);
  const auto overRadio = kAnna.friendNamed("anna", address("192.168.7.7"));
  desk.meet(kAnna);
  desk.meet(overRadio);
  desk.hear(overRadio.alive(), overRadio, NodeOnDesk::kRadio);
  desk.hear(kAnna.alive(), kAnna);
  desk.close(NodeOnDesk::kRadio);
  desk.listenTo(kAnna, 1s);
  CHECK(desk.node.sessions().current() == kAnna.id);
}

TEST_CASE("A session is joined though the member it was being measured by said goodbye")
{
  auto desk = NodeOnDesk::onWire();
  const auto berta = kAnna.friendNamed("berta", address("10.0.0.8"));
  desk.meet(berta);
  desk.hear(kAnna.alive(), kAnna);
  desk.hear(berta.alive(), berta);
  desk.hear(kAnna.byeBye(), kAnna);
  desk.hear(berta.alive(), berta);
  desk.playFor(51 * 2 * NodeOnDesk::kOneWay + 1ms);
  CHECK(desk.node.sessions().current() == kAnna.id);
}

TEST_CASE("After hundreds of comings and goings an older session is still joined")
{
  auto desk = NodeOnDesk::onWire();
  desk.playFor(1min);
  for (int i = 0; i < 300; ++i) {
    auto guest = Neighbour::founder("guest", address("10.0.0.7"), desk.now);
    guest.id = test::named(std::to_string(10'000'000 + i));
    guest.state.session = guest.id;
    desk.forgetNeighbours();
    desk.meet(guest);
    desk.listenTo(guest, kHeartbeat);
    desk.hear(guest.byeBye(), guest);
  }
  REQUIRE(desk.node.sessions().current() == desk.node.id());
  const auto older = Neighbour::founder("older", address("10.0.0.8"), kStart - 1h);
  desk.meet(older);
  desk.listenTo(older, 1s);
  CHECK(desk.node.sessions().current() == older.id);
}
