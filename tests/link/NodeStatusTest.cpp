// What a node shows of itself and of what happened.
#include <Catch.hpp>

#include "NodeOnDesk.hpp"

using namespace tutti;
using namespace tutti::link;
using namespace tutti::time::literals;
using namespace std::chrono_literals;
using test::address;
using test::Neighbour;
using test::NodeOnDesk;
using Kind = Change::Kind;

namespace {

constexpr auto kStart = NodeOnDesk::kStart;

Neighbour anna()
{
  auto anna = Neighbour::founder("anna", address("10.0.0.7"), kStart - 1min);
  anna.setTempo(97, 100_beats);
  return anna;
}
const auto kAnna = anna();

Status statusOf(const NodeOnDesk& desk)
{
  return desk.node.status(desk.now);
}

std::optional<Change> last(const NodeOnDesk& desk, Kind kind)
{
  std::optional<Change> found;
  for (const auto& change : statusOf(desk).changes)
    if (change.kind == kind) found = change;
  return found;
}

NodeOnDesk withAnna()
{
  auto desk = NodeOnDesk::onWire();
  desk.meet(kAnna);
  desk.listenTo(kAnna, 5s);
  REQUIRE(desk.node.peerCount() == 1);
  return desk;
}

} // namespace

TEST_CASE("Alone, a node shows itself as the founder whose word is exact")
{
  const auto desk = NodeOnDesk::onWire();
  const auto status = statusOf(desk);
  CHECK(status.at == desk.now);
  CHECK(status.isEnabled);
  CHECK_FALSE(status.followsStartStop);
  CHECK(status.node == desk.node.id());
  CHECK(status.session == desk.node.id());
  CHECK(status.peerCount == 0);
  CHECK(status.peers.empty());
  CHECK(status.sessionOffset == Micros{-microsOf(kStart)});
  CHECK_FALSE(status.estimate);
  CHECK(status.refusals.total() == 0);
}

TEST_CASE("A peer is shown with all its addresses, its tempo and how tightly it sits")
{
  auto desk = withAnna();
  desk.open(NodeOnDesk::kWire6);
  const auto six = kAnna.friendNamed("anna", address("fe80::7").withScope(2));
  desk.hear(six.response(), six, NodeOnDesk::kWire6);
  const auto status = statusOf(desk);
  CHECK(status.peerCount == 1);
  REQUIRE(status.peers.size() == 1);
  const auto& peer = status.peers[0];
  CHECK(peer.id == kAnna.id);
  CHECK(peer.session == kAnna.id);
  CHECK(peer.isInOurSession);
  CHECK(peer.heardFrom == std::vector{kAnna.speaksFrom, six.speaksFrom});
  CHECK(peer.tempo.bpm() == Approx(97).epsilon(1e-5));
  CHECK(peer.lastHeard == desk.now);
  CHECK(peer.phaseError == 0us);
  CHECK(peer.spread == 0us);
  CHECK(peer.measuredAt);
}

TEST_CASE("Joined, a node shows how it knows the session's clock")
{
  const auto desk = withAnna();
  const auto status = statusOf(desk);
  CHECK(status.session == kAnna.id);
  CHECK(status.sessionOffset == kAnna.transform.intercept);
  REQUIRE(status.estimate);
  CHECK(status.estimate->intercept == kAnna.transform.intercept);
  CHECK(status.estimate->shortestRoundTrip == 2 * NodeOnDesk::kOneWay);
  CHECK(status.estimate->roundTrips == Measurement::kJoin.refineTo);
}

TEST_CASE("Peers of other sessions are shown as such, and not counted")
{
  auto desk = withAnna();
  const auto younger = Neighbour::founder("younger", address("10.0.0.9"), desk.now);
  desk.meet(younger);
  desk.listenTo(younger, 250ms);
  const auto status = statusOf(desk);
  CHECK(status.peerCount == 1);
  REQUIRE(status.peers.size() == 2);
  CHECK_FALSE(status.peers[1].isInOurSession);
  CHECK(status.peers[1].session == younger.id);
}

TEST_CASE("Our own change of tempo is told as ours, a peer's with the address it came from")
{
  auto desk = withAnna();
  desk.setTempo(128);
  auto change = last(desk, Kind::tempo);
  REQUIRE(change);
  CHECK(change->before == Approx(97).epsilon(1e-5));
  CHECK(change->after == 128);
  CHECK_FALSE(change->by);

  auto changed = kAnna;
  changed.setTempo(132, 2000_beats);
  desk.hear(changed.alive(), changed);
  change = last(desk, Kind::tempo);
  CHECK(change->before == 128);
  CHECK(change->after == Approx(132).epsilon(1e-5));
  CHECK(change->by == kAnna.speaksFrom.address);
}

TEST_CASE("A peer's start and stop are told with the address they came from")
{
  auto desk = withAnna();
  desk.node.setFollowsStartStop(true);
  auto starting = kAnna;
  starting.state.startStop = {true, 200_beats, kAnna.transform.toSession(desk.now)};
  desk.hear(starting.alive(), starting);
  REQUIRE(last(desk, Kind::started));
  CHECK(last(desk, Kind::started)->by == kAnna.speaksFrom.address);
  desk.now += 1s;
  desk.stopPlaying();
  REQUIRE(last(desk, Kind::stopped));
  CHECK_FALSE(last(desk, Kind::stopped)->by);
}

TEST_CASE("Leaving, enabling and disabling are told in order, with numbers that count up")
{
  auto desk = withAnna();
  desk.hear(kAnna.byeBye(), kAnna);
  CHECK(last(desk, Kind::peerLeft)->before == 1);
  CHECK(last(desk, Kind::peerLeft)->after == 0);
  desk.disable();
  const auto changes = statusOf(desk).changes;
  CHECK(changes.front().kind == Kind::enabled);
  CHECK(changes.back().kind == Kind::disabled);
  for (std::size_t i = 1; i < changes.size(); ++i) CHECK(changes[i].number == changes[i - 1].number + 1);
}

TEST_CASE("Only the last few changes are kept, however long the evening")
{
  auto desk = withAnna();
  for (int i = 0; i < 1000; ++i) {
    desk.now += 1ms;
    desk.setTempo(100 + i % 50);
  }
  const auto changes = statusOf(desk).changes;
  CHECK(changes.size() == 32);
  CHECK(changes.back().number > 1000);
}

TEST_CASE("The plot of sync quality is bounded too")
{
  auto desk = withAnna();
  desk.listenTo(kAnna, 10min);
  const auto history = statusOf(desk).syncHistory;
  CHECK(history.size() == 150);
  CHECK(history.back().at > history.front().at);
}

TEST_CASE("Joining, and the tempo that comes with it, is told as the peer's doing")
{
  const auto desk = withAnna();
  REQUIRE(last(desk, Kind::sessionJoined));
  CHECK(last(desk, Kind::sessionJoined)->by == kAnna.speaksFrom.address);
  REQUIRE(last(desk, Kind::tempo));
  CHECK(last(desk, Kind::tempo)->by == kAnna.speaksFrom.address);
  CHECK(last(desk, Kind::tempo)->before == 120);
  REQUIRE(last(desk, Kind::peerJoined));
  CHECK(last(desk, Kind::peerJoined)->after == 1);
}
