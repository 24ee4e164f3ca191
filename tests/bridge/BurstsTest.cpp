// What many voices of one bridge do to programs that speak as the reference does.
#include "Catch.hpp"
#include "World.hpp"

using namespace std::chrono_literals;
using tutti::bridge::test::World;

namespace tutti::bridge {

SCENARIO("B-1 as many proxies as there are leave every program its voice")
{
  // 24 at each of two sites, and 28: eight sites of three programs and a bridge.
  for (const std::size_t distant : {24U, 28U}) {
    World world{distant};
    for (int i = 0; i < 3; ++i) world.addProgram(0);
    for (std::size_t i = 0; i + 1 < distant; ++i) world.addProgram(1);
    world.addBridge(0);
    world.addBridge(1);
    world.enableAll();
    world.bridgeAll();
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
  world.enableAll();
  world.bridgeAll();
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

} // namespace tutti::bridge
