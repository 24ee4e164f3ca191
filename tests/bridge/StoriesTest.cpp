// Sites of Link programs in simulated time: the stories that the bridge is for.
#include "Catch.hpp"
#include "World.hpp"

using namespace std::chrono_literals;
using tutti::bridge::test::World;
using tutti::test::SimulatedWire;

namespace tutti::bridge {
namespace {

/// So many sites with so many programs each, and a bridge that is on.
void build(World& world, std::size_t sites, std::size_t programs)
{
  for (std::size_t lan = 0; lan < sites; ++lan) {
    for (std::size_t i = 0; i < programs; ++i) world.addProgram(lan, 100 + static_cast<double>(10 * lan + i));
    world.addBridge(lan);
  }
}

void enableAll(World& world)
{
  for (const auto& program : world.programs()) program->enable();
  for (const auto& bridge : world.bridges()) bridge->enable();
}

void bridgeAll(World& world)
{
  for (const auto& bridge : world.bridges()) bridge->bridge();
}

} // namespace

SCENARIO("B-2 B-5 sites of three programs each are one session, and everybody counts the same")
{
  for (const std::size_t sites : {1U, 2U, 4U, 8U}) {
    World world{sites};
    build(world, sites, 3);
    enableAll(world);
    world.run(5s);
    for (const auto& program : world.programs()) REQUIRE(program->peers() == 3); // apart so far
    bridgeAll(world);
    INFO(sites << " sites\n" << world.story());
    REQUIRE(world.runUntil([&] { return world.isWhole(); }, 3s));

    std::uint64_t before = 0;
    for (const auto& bridge : world.bridges()) before += bridge->messages();
    const auto session = world.programs().front()->session();
    bool isWhole = true;
    for (int second = 0; second < 60; ++second) {
      world.run(1s);
      isWhole = isWhole && world.isWhole();
    }
    INFO(world.story());
    CHECK(isWhole);
    CHECK(world.programs().front()->session() == session);

    std::uint64_t after = 0;
    for (const auto& bridge : world.bridges()) after += bridge->messages();
    const auto perSecond = static_cast<double>(after - before) / 60 / static_cast<double>(sites);
    WARN(sites << " sites: " << perSecond << " messages a second of each");
    CHECK(perSecond < 1.5); // a heartbeat and nothing else: nothing goes round in a circle
    const auto view = world.bridges().front()->view();
    CHECK(view.peersHere == 3);
    CHECK(view.peersTotal == 4 * sites - 1);
    CHECK(view.sites.size() == sites - 1);
  }
}

SCENARIO("B-5 a tempo crosses, exact to the rounding of the wire, and so do start and stop")
{
  World world{11};
  build(world, 3, 2);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
  world.run(5s);

  const auto& programs = world.programs();
  programs[5]->setTempo(133);
  const auto hasArrived = [&] {
    return std::ranges::all_of(programs, [](const auto& one) { return std::abs(one->bpm() - 133) < 1e-3; });
  };
  REQUIRE(world.runUntil(hasArrived, 340ms)); // a round trip and 300 ms
  const auto& said = programs[5]->node().sessions().timeline();
  for (const auto& one : programs) {
    const auto& heard = one->node().sessions().timeline();
    CHECK(heard.beatOrigin == said.beatOrigin);
    CHECK(heard.timeOrigin == said.timeOrigin);
    CHECK(heard.tempo.microsPerBeat() == said.tempo.microsPerBeat());
  }

  programs[0]->play();
  REQUIRE(world.runUntil(
    [&] { return std::ranges::all_of(programs, [](const auto& one) { return one->isPlaying(); }); }, 340ms));
  programs[3]->stop();
  REQUIRE(world.runUntil(
    [&] { return std::ranges::none_of(programs, [](const auto& one) { return one->isPlaying(); }); }, 340ms));
}

SCENARIO("B-1 as many proxies as there are leave every program its voice")
{
  // 24 at each of two sites, and 28: eight sites of three programs and a bridge.
  for (const std::size_t distant : {24U, 28U}) {
    World world{distant};
    for (int i = 0; i < 3; ++i) world.addProgram(0);
    for (std::size_t i = 0; i + 1 < distant; ++i) world.addProgram(1);
    world.addBridge(0);
    world.addBridge(1);
    enableAll(world);
    bridgeAll(world);
    REQUIRE(world.runUntil([&] { return world.isWhole(); }, 10s));
    const auto start = world.time.now();
    bool isWhole = true;
    for (int second = 0; second < 30; ++second) {
      world.run(1s);
      isWhole = isWhole && world.isWhole();
    }
    INFO(distant << " distant peers\n" << world.story());
    CHECK(isWhole);
    for (int i = 0; i < 3; ++i) {
      double longest = 0;
      double last = start;
      for (const auto at : world.programs()[static_cast<std::size_t>(i)]->alives()) {
        if (at < start) continue;
        longest = std::max(longest, at - last);
        last = at;
      }
      CHECK(longest < 1e6);
    }
  }
}

SCENARIO("B-1 a tempo that is turned for ten seconds leaves every program its voice, too")
{
  World world{3};
  for (int i = 0; i < 3; ++i) world.addProgram(0);
  for (int i = 0; i < 23; ++i) world.addProgram(1);
  world.addBridge(0);
  world.addBridge(1);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 10s));
  bool isWhole = true;
  for (int step = 0; step < 500; ++step) {
    world.programs()[0]->setTempo(100 + 0.1 * step);
    world.run(20ms);
    isWhole = isWhole && world.isWhole();
  }
  INFO(world.story());
  CHECK(isWhole);
}

SCENARIO("B-1 proxies that speak one after the other would silence the programs: bursts are no whim")
{
  World world{5};
  auto& program = world.addProgram(0);
  auto& speaker = world.addBridge(0);
  program.enable();
  speaker.enable();
  world.run(2s);
  const auto spoken = program.alives().size();
  CHECK(spoken > 4);
  std::vector<NodeId> proxies;
  for (std::uint8_t i = 0; i < 24; ++i) proxies.push_back(NodeId{{2, i}});
  const auto state = [&] {
    const auto& sessions = speaker.node().sessions();
    return link::PeerState{
      sessions.current(), sessions.timeline(), sessions.startStop(), {speaker.address(), 40'001}, {}, {}};
  };
  for (int round = 0; round < 10; ++round) {
    for (const auto& id : proxies) {
      program.receive(link::encodeState(discovery::MessageType::alive, 5s, id, state()),
                      {speaker.address(), 40'000}, false);
      world.run(40ms);
    }
  }
  CHECK(program.alives().size() <= spoken + 2);
}

SCENARIO("A program that ends here is gone everywhere within the way and 50 ms")
{
  World world{7, SimulatedWire{.delay = 40'000}};
  build(world, 3, 2);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
  world.run(3s);
  world.programs()[5]->disable();
  CHECK(world.runUntil([&] { return world.isWhole(); }, 95ms));
  world.programs()[5]->enable();
  INFO(world.story());
  CHECK(world.runUntil([&] { return world.isWhole(); }, 3s));
}

SCENARIO("A program that comes late joins them all")
{
  World world{8};
  build(world, 3, 2);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
  const auto session = world.programs()[0]->session();
  auto& late = world.addProgram(2, 77);
  late.enable();
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 3s));
  CHECK(late.session() == session);
  auto& lateSite = world.addBridge(3);
  auto& alone = world.addProgram(3, 66);
  lateSite.enable();
  alone.enable();
  world.run(2s);
  lateSite.bridge();
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 3s));
  CHECK(alone.session() == session);
  CHECK(alone.bpm() == Approx(late.bpm()));
}

SCENARIO("B-2 B-3 the founder leaves, and the last of its site: the others go on in the same session")
{
  World world{9};
  world.addProgram(0);
  world.addBridge(0);
  world.programs()[0]->enable(); // the oldest
  world.run(3s);
  world.addProgram(1, 99);
  world.addProgram(1, 98);
  world.addBridge(1);
  for (const auto& program : world.programs())
    if (!program->isOn()) program->enable();
  for (const auto& bridge : world.bridges()) bridge->enable();
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
  const auto session = world.programs()[0]->session();
  REQUIRE(session == world.programs()[0]->node().id());
  CHECK(world.bridges()[0]->view().isReference);

  world.programs()[0]->disable();
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 1s));
  world.run(60s);
  INFO(world.story());
  CHECK(world.isWhole());
  CHECK(world.programs()[1]->session() == session);
  CHECK(world.spread() < 2000);
  CHECK(world.bridges()[0]->view().isReference); // now as the lowest member
  CHECK_FALSE(world.bridges()[1]->view().isReference);
}

SCENARIO("B-12 an outage: all proxies go, the sessions stay; after it they are one again")
{
  World world{10};
  build(world, 2, 2);
  world.addProgram(0, 100, 30);
  world.addProgram(1, 100, -30);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
  world.run(3s);
  const auto session = world.programs()[0]->session();

  world.cut(*world.bridges()[0], *world.bridges()[1]);
  world.run(4800ms); // the last word may have been a second old
  CHECK(world.isWhole());
  world.run(2500ms);
  for (const auto& program : world.programs()) {
    CHECK(program->peers() == 3);
    CHECK(program->session() == session);
  }
  world.programs()[0]->setTempo(111);
  world.run(2s);
  world.programs()[2]->setTempo(122); // later: its beat origin is greater
  world.run(20s);
  CHECK(world.programs()[0]->bpm() == Approx(111));

  world.mend();
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 4s));
  world.run(1s);
  INFO(world.story());
  for (const auto& program : world.programs()) {
    CHECK(program->session() == session);
    CHECK(program->bpm() == Approx(122).margin(1e-3));
  }
}

SCENARIO("B-12 after a long outage the same session's clocks have drifted apart: one follows, and says so")
{
  World world{12};
  world.addProgram(0, 120, 100);
  world.addBridge(0, 100);
  world.addProgram(1, 120, -100);
  world.addBridge(1, -100);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
  world.run(30s);
  world.cut(*world.bridges()[0], *world.bridges()[1]);
  world.run(300s);
  CHECK(world.spread() > 20'000);
  world.mend();
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 4s));
  CHECK(std::abs(world.bridges()[0]->sessionNow() - world.bridges()[1]->sessionNow()) < 2000);
  CHECK((world.bridges()[0]->noticed(Notice::What::clockStepped) !=
         world.bridges()[1]->noticed(Notice::What::clockStepped)));
}

SCENARIO("B-11 two sites that played apart merge into the older session, whoever is the lower member")
{
  for (const bool isFirstOlder : {true, false}) {
    World world{isFirstOlder ? 13U : 14U};
    build(world, 2, 2);
    const auto older = isFirstOlder ? 0U : 1U;
    world.programs()[2 * older]->enable();
    world.run(3s);
    enableAll(world);
    world.run(2s);
    const auto session = world.programs()[2 * older]->session();
    bridgeAll(world);
    REQUIRE(world.runUntil([&] { return world.isWhole(); }, 3s));
    CHECK(world.programs()[0]->session() == session);
    CHECK(world.programs()[0]->bpm() == Approx(older == 0 ? 100 : 110).margin(1e-3));
    CHECK(world.bridges()[1 - older]->noticed(Notice::What::sessionJoined));
  }
}

SCENARIO("B-11 sessions that are nearly half a second apart merge, too")
{
  for (int difference = 440; difference <= 560; difference += 5) {
    World world{static_cast<std::uint64_t>(difference)};
    build(world, 2, 2);
    for (const std::size_t i : {2U, 3U}) world.programs()[i]->enable();
    world.run(std::chrono::milliseconds{difference});
    for (const std::size_t i : {0U, 1U}) world.programs()[i]->enable();
    world.run(1s);
    for (const auto& bridge : world.bridges()) bridge->enable();
    world.run(1s);
    bridgeAll(world);
    INFO(difference << " ms");
    REQUIRE(world.runUntil([&] { return world.isWhole(); }, 8s));
    world.run(40s);
    CHECK(world.isWhole());
    // Shifted or not: the beat is the same.
    const auto beat = [&](std::size_t i) {
      auto& one = *world.programs()[i];
      return one.node().sessions().timeline().toBeats(one.node().sessions().transform().toSession(one.now()));
    };
    CHECK(std::abs((beat(0) - beat(2)).toDouble()) < 0.005);
    world.programs()[0]->setTempo(140);
    world.run(1s);
    world.programs()[3]->play();
    world.run(1s);
    for (const auto& program : world.programs()) {
      CHECK(program->bpm() == Approx(140).margin(1e-3));
      CHECK(program->isPlaying());
    }
    CHECK(std::abs((beat(0) - beat(2)).toDouble()) < 0.005);
  }
}

SCENARIO("B-11 an older session that appears on one LAN wins everywhere")
{
  World world{15};
  auto& old = world.addProgram(2, 90); // on no LAN of theirs yet
  old.enable();
  world.run(5s);
  build(world, 2, 2);
  auto& visitor = world.addProgram(1, 91);
  for (const auto& program : world.programs())
    if (program.get() != &visitor && !program->isOn()) program->enable();
  for (const auto& bridge : world.bridges()) bridge->enable();
  bridgeAll(world);
  world.run(5s);
  auto& third = world.addBridge(2);
  third.enable();
  world.run(1s);
  third.bridge();
  visitor.enable();
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
  INFO(world.story());
  CHECK(world.programs()[1]->session() == old.session());
  for (const auto& program : world.programs()) CHECK(program->bpm() == Approx(90).margin(1e-3));
}

SCENARIO("B-14 a site that joins while another plays does not start by itself, and is told how to")
{
  World world{16};
  build(world, 2, 2);
  world.programs()[0]->enable();
  world.run(2s);
  enableAll(world);
  world.run(1s);
  world.programs()[0]->play();
  world.run(1s);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 3s));
  world.run(5s);
  CHECK(world.programs()[1]->isPlaying());
  CHECK_FALSE(world.programs()[2]->isPlaying());
  CHECK_FALSE(world.bridges()[1]->isPlaying());
  CHECK(world.bridges()[1]->noticed(Notice::What::pressPlay));
  CHECK_FALSE(world.bridges()[0]->noticed(Notice::What::pressPlay));
}

SCENARIO("B-15 a site that may only follow: what it changes is put back there, and never heard elsewhere")
{
  World world{17};
  build(world, 2, 2);
  enableAll(world);
  world.bridges()[1]->setRights({false, false});
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
  world.programs()[0]->setTempo(120);
  world.run(2s);
  for (const double wish : {150.0, 60.0, 151.0}) {
    world.programs()[2]->setTempo(wish);
    world.run(500ms);
    CHECK(world.programs()[0]->bpm() == Approx(120).margin(1e-3));
    CHECK(world.programs()[2]->bpm() == Approx(120).margin(1e-3));
    CHECK(world.programs()[3]->bpm() == Approx(120).margin(1e-3));
  }
  CHECK(world.bridges()[1]->noticed(Notice::What::tempoRefused));
  const auto beat = [&](std::size_t i) {
    auto& one = *world.programs()[i];
    return one.node().sessions().timeline().toBeats(one.node().sessions().transform().toSession(one.now()));
  };
  CHECK(std::abs((beat(0) - beat(2)).toDouble()) < 0.005); // the same line, not only the same tempo
  world.programs()[3]->play();
  world.run(500ms);
  for (const auto& program : world.programs()) CHECK_FALSE(program->isPlaying());
  CHECK(world.bridges()[1]->noticed(Notice::What::startStopRefused));

  world.programs()[1]->setTempo(93);
  world.programs()[1]->play();
  world.run(1s);
  for (const auto& program : world.programs()) {
    CHECK(program->bpm() == Approx(93).margin(1e-3));
    CHECK(program->isPlaying());
  }
}

SCENARIO(
  "B-8 of two bridges on one LAN the lower member speaks; when it dies the other does, and nobody vanishes")
{
  World world{18};
  build(world, 2, 2);
  auto& second = world.addBridge(0);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
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
  build(world, 2, 2);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
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

SCENARIO("B-9 a program that begins anew counts once everywhere")
{
  World world{20};
  build(world, 2, 1);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
  world.run(2s);
  auto& program = *world.programs()[1];
  const auto former = program.node().id();
  program.disable();
  program.enable();
  REQUIRE(program.node().id() != former);
  CHECK(world.runUntil([&] { return world.isWhole(); }, 3s));
}

SCENARIO("B-13 a poisoned site cannot freeze the others")
{
  World world{21};
  build(world, 2, 1);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
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
  build(world, 2, 2);
  enableAll(world);
  bridgeAll(world);
  REQUIRE(world.runUntil([&] { return world.isWhole(); }, 5s));
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
