// More on one LAN than programs: a second bridge, another room's, somebody known, somebody hostile.
#include "Catch.hpp"
#include "World.hpp"

using namespace std::chrono_literals;
using tutti::bridge::test::World;

namespace tutti::bridge {

SCENARIO(
  "B-8 of two bridges on one LAN the lower member speaks; when it dies the other does, and nobody vanishes")
{
  World world{18};
  world.populate(2, 2);
  auto& second = world.addBridge(0);
  REQUIRE(world.meet());
  world.run(5s);
  auto& first = *world.bridges()[0];
  CHECK(first.view().leads);
  CHECK_FALSE(second.view().leads);
  CHECK(world.bridges()[1]->view().leads);

  WHEN("the one that speaks dies")
  {
    first.crash();
    int fewest = 1000;
    world.runUntil(
      [&] {
        fewest = std::min(fewest, static_cast<int>(world.programs()[0]->peers()));
        return false;
      },
      12s);
    INFO(world.story());
    CHECK(second.view().leads);
    CHECK(second.noticed(Notice::What::nowLeading));
    CHECK(fewest >= 5); // four programs and two bridges at most, and never without those elsewhere
    CHECK(world.isWhole());
  }
  WHEN("it is switched off")
  {
    int fewest = 1000;
    first.leave();
    world.runUntil(
      [&] {
        fewest = std::min(fewest, static_cast<int>(world.programs()[0]->peers()));
        return false;
      },
      8s);
    INFO(world.story());
    CHECK(second.view().leads);
    CHECK(fewest >= 6); // it stays a Link peer
    CHECK(world.isWhole());
  }
  WHEN("a still lower one comes back")
  {
    first.crash();
    world.run(10s);
    REQUIRE(second.view().leads);
    first.enable();
    first.bridge();
    world.run(2s);
    int fewest = 1000;
    world.runUntil(
      [&] {
        fewest = std::min(fewest, static_cast<int>(world.programs()[0]->peers()));
        return false;
      },
      8s);
    INFO(world.story());
    CHECK(first.view().leads);
    CHECK_FALSE(second.view().leads);
    CHECK(fewest >= 6);
    CHECK(world.isWhole());
  }
}

SCENARIO("B-6 two rooms over the same two LANs keep nobody alive who is gone")
{
  World world{19};
  world.populate(2, 2);
  REQUIRE(world.meet());
  world.run(5s);
  // What another room's bridge on the second LAN says of a program on the first.
  auto& listener = *world.bridges()[1];
  const auto& sessions = listener.node().sessions();
  const link::PeerState state{sessions.current(),
                              sessions.timeline(),
                              sessions.startStop(),
                              {IpAddress::v4({10, 1, 0, 200}), 40'001},
                              {},
                              markerOf(world.room, room::MemberId{})};
  const NodeId ghost{{'g', 'h', 'o', 's', 't', '1', '2', '3'}};
  listener.receive(link::encodeState(discovery::MessageType::alive, 5s, ghost, state),
                   {IpAddress::v4({10, 1, 0, 200}), 40'000}, false);
  world.run(1s);
  CHECK(listener.view().peersHere == 2);
  CHECK(world.bridges()[0]->view().peersTotal == 5);
}

SCENARIO("B-13 a poisoned site cannot freeze the others")
{
  World world{21};
  world.populate(2, 1);
  REQUIRE(world.meet());
  world.run(2s);
  auto& victim = *world.bridges()[1];
  auto& culprit = *world.programs()[1];
  const auto& sessions = victim.node().sessions();
  link::PeerState state{
    sessions.current(), sessions.timeline(), sessions.startStop(), {culprit.address(), 40'001}, {}, {}};
  state.timeline.beatOrigin = time::Beats::fromDouble(1e7);
  state.startStop = {true, {}, sessions.transform().toSession(victim.now()) + 3600s};
  const auto poison = link::encodeState(discovery::MessageType::alive, 5s, culprit.node().id(), state);
  victim.receive(poison, {culprit.address(), 40'000}, false);
  world.run(1s);
  CHECK(victim.noticed(Notice::What::poisonedHere));
  world.programs()[0]->setTempo(144);
  world.programs()[0]->play();
  world.run(1s);
  CHECK(victim.bpm() == Approx(144).margin(1e-3));
  CHECK(victim.isPlaying());
  world.programs()[0]->stop();
  world.run(1s);
  CHECK_FALSE(victim.isPlaying());
}

SCENARIO("B-7 a program that moves from one LAN to the other is never there twice, nor taken away")
{
  World world{22};
  world.populate(2, 2);
  REQUIRE(world.meet());
  world.run(2s);
  // The second LAN hears a program itself that the first speaks of.
  auto& listener = *world.bridges()[1];
  const auto& moved = *world.programs()[0];
  const auto id = world.programs()[0]->node().id();
  std::vector<NodeId> goodbyes;
  int spokenFor = 0;
  world.onLan = [&](const test::Station& from, const link::Node::Send& send) {
    const auto message = discovery::parseMessage(send.datagram.bytes());
    if (from.lan() != 1 || !message) return;
    if (message->type == discovery::MessageType::byeBye) goodbyes.push_back(message->sender);
    if (message->type == discovery::MessageType::alive && message->sender == id) ++spokenFor;
  };
  const auto& sessions = listener.node().sessions();
  const auto address = IpAddress::v4({10, 1, 0, 77});
  const link::PeerState state{
    sessions.current(), sessions.timeline(), sessions.startStop(), {address, 40'001}, {}, {}};
  listener.receive(link::encodeState(discovery::MessageType::alive, 5s, id, state), {address, 40'000}, false);
  world.run(3s);
  CHECK(goodbyes.empty());
  CHECK(spokenFor <= 1); // the burst that was under way
  CHECK(moved.isOn());
  CHECK(listener.peers() == 5); // counted once
}

} // namespace tutti::bridge
