// Sites that played apart, or were cut off from each other, and come together.
#include "Catch.hpp"
#include "World.hpp"

using namespace std::chrono_literals;
using tutti::bridge::test::World;

namespace tutti::bridge {

SCENARIO("B-12 an outage: all proxies go, the sessions stay; after it they are one again")
{
  World world{10};
  world.populate(2, 2);
  world.addProgram(0, 100, 30);
  world.addProgram(1, 100, -30);
  REQUIRE(world.meet());
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
  REQUIRE(world.meet());
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
    world.populate(2, 2);
    const auto older = isFirstOlder ? 0U : 1U;
    world.programs()[2 * older]->enable();
    world.run(3s);
    world.enableAll();
    world.run(2s);
    const auto session = world.programs()[2 * older]->session();
    world.bridgeAll();
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
    world.populate(2, 2);
    for (const std::size_t i : {2U, 3U}) world.programs()[i]->enable();
    world.run(std::chrono::milliseconds{difference});
    for (const std::size_t i : {0U, 1U}) world.programs()[i]->enable();
    world.run(1s);
    for (const auto& bridge : world.bridges()) bridge->enable();
    world.run(1s);
    world.bridgeAll();
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
  world.populate(2, 2);
  auto& visitor = world.addProgram(1, 91);
  for (const auto& program : world.programs())
    if (program.get() != &visitor && !program->isOn()) program->enable();
  for (const auto& bridge : world.bridges()) bridge->enable();
  world.bridgeAll();
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

} // namespace tutti::bridge
