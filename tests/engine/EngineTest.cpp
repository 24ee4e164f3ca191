// The engine as the window and the command line use it: two of them on one machine, over real sockets.
#include "Alone.hpp"
#include "Catch.hpp"
#include "Eventually.hpp"

#include <atomic>
#include <cmath>

#include <tutti/engine/Engine.hpp>

using tutti::test::eventually;

namespace tutti::engine {
namespace {

Settings settingsWith(double bpm)
{
  Settings settings;
  settings.tempo = time::Tempo::fromBpm(bpm);
  return settings;
}

double bpmOf(const Engine& engine)
{
  return engine.beatGrid().tempo().bpm();
}

} // namespace

SCENARIO("Two engines on one machine play together")
{
  if (!test::isAlone()) return;
  Engine first{settingsWith(100)};
  REQUIRE(eventually([&] { return !first.snapshot().link.gateways.empty(); }));
  Engine second{settingsWith(140)};
  REQUIRE(eventually(
    [&] { return first.snapshot().link.peerCount == 1 && second.snapshot().link.peerCount == 1; }));
  CHECK(first.snapshot().link.session == second.snapshot().link.session);
  CHECK(bpmOf(first) == Approx(bpmOf(second)).margin(1e-3));

  WHEN("one starts, and the other follows")
  {
    second.play();
    REQUIRE(eventually([&] { return first.snapshot().isPlaying; }));
    THEN("both count the same beats, and stop together")
    {
      REQUIRE(eventually([&] {
        const auto now = time::HostClock::now();
        return std::abs((first.beatGrid().beatAt(now) - second.beatGrid().beatAt(now)).toDouble()) < 0.01;
      }));
      first.stop();
      CHECK(eventually([&] { return !second.snapshot().isPlaying; }));
    }
  }

  WHEN("one does not follow")
  {
    first.ignoreStartStop();
    REQUIRE(eventually([&] { return !first.snapshot().link.followsStartStop; }));
    second.play();
    second.setTempo(time::Tempo::fromBpm(77));
    REQUIRE(eventually([&] { return std::abs(bpmOf(first) - 77) < 1e-3; }));
    THEN("it hears of the tempo, and does not start")
    {
      CHECK_FALSE(first.snapshot().isPlaying);
    }
  }

  WHEN("Link is switched off and on again")
  {
    std::atomic<int> changes = 0;
    second.onChange([&] { ++changes; });
    first.disableLink();
    CHECK(eventually([&] { return second.snapshot().link.peerCount == 0; }));
    CHECK(changes > 0);
    first.enableLink();
    CHECK(eventually([&] { return second.snapshot().link.peerCount == 1; }));
  }
}

SCENARIO("Alone, play begins with beat zero at once")
{
  auto settings = settingsWith(120);
  settings.isLinkEnabled = false;
  Engine engine{settings};
  const auto before = time::HostClock::now();
  engine.play();
  const auto grid = engine.beatGrid();
  CHECK(grid.isPlaying());
  CHECK(grid.timeAt(time::Beats{}) >= before);
  CHECK(grid.timeAt(time::Beats{}) <= time::HostClock::now() + Micros{1});
}

SCENARIO("A quantum is between one and sixty-four beats")
{
  auto settings = settingsWith(120);
  settings.isLinkEnabled = false;
  settings.quantum = time::Beats::fromDouble(1e9);
  Engine engine{settings};
  CHECK(engine.beatGrid().quantum() == time::Beats::fromDouble(64));
  engine.setQuantum(time::Beats::fromDouble(-3));
  CHECK(engine.beatGrid().quantum() == time::Beats::fromDouble(1));
}

} // namespace tutti::engine
