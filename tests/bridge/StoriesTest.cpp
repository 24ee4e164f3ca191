// Sites of Link programs in simulated time: the stories that the bridge is for.
#include "Catch.hpp"
#include "World.hpp"

using namespace std::chrono_literals;
using tutti::bridge::test::World;
using tutti::test::SimulatedWire;

namespace tutti::bridge {

SCENARIO("B-2 B-5 sites of three programs each are one session, and everybody counts the same")
{
  for (const std::size_t sites : {1U, 2U, 4U, 8U}) {
    World world{sites};
    world.populate(sites, 3);
    world.enableAll();
    world.run(5s);
    for (const auto& program : world.programs()) REQUIRE(program->peers() == 3); // apart so far
    world.bridgeAll();
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
  world.populate(3, 2);
  REQUIRE(world.meet());
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

SCENARIO("A program that ends here is gone everywhere within the way and 50 ms")
{
  World world{7, SimulatedWire{.delay = 40'000}};
  world.populate(3, 2);
  REQUIRE(world.meet());
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
  world.populate(3, 2);
  REQUIRE(world.meet());
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
  world.bridgeAll();
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

SCENARIO("B-14 a site that joins while another plays does not start by itself, and is told how to")
{
  World world{16};
  world.populate(2, 2);
  world.programs()[0]->enable();
  world.run(2s);
  world.enableAll();
  world.run(1s);
  world.programs()[0]->play();
  world.run(1s);
  world.bridgeAll();
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
  world.populate(2, 2);
  world.enableAll();
  world.bridges()[1]->setRights({false, false});
  world.bridgeAll();
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

SCENARIO("B-9 a program that begins anew counts once everywhere")
{
  World world{20};
  world.populate(2, 1);
  REQUIRE(world.meet());
  world.run(2s);
  auto& program = *world.programs()[1];
  const auto former = program.node().id();
  program.disable();
  program.enable();
  REQUIRE(program.node().id() != former);
  CHECK(world.runUntil([&] { return world.isWhole(); }, 3s));
}

} // namespace tutti::bridge
