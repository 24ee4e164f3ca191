#include <Catch.hpp>
#include <cmath>

#include "SineEar.hpp"
#include "StreamSimulation.hpp"

using namespace tutti;
using test::StreamSimulation;
using Setup = StreamSimulation::Setup;
using Standstills = StreamSimulation::Standstills;

namespace {

constexpr double kSecond = 1e6; // µs

/// What was made of a sine over a cable, between machines that stand still at times.
class Cable {
public:
  explicit Cable(Standstills standstills, double intent = 0.5)
    : Cable{Setup{.standstills = standstills}}
  {
    simulation_.playout.setIntent(stream::Intent::of(intent));
  }

  explicit Cable(Setup setup)
    : simulation_{setup, test::steadyPath(200),
                  [](std::int64_t frame) {
                    return static_cast<float>(
                      0.5 * std::sin(test::radians(440.0 / 48'000 * static_cast<double>(frame))));
                  },
                  [](std::int64_t, float) {}}
  {}

  stream::PlayoutStatistics after(double seconds)
  {
    simulation_.runUntil(seconds);
    return simulation_.playout.statistics();
  }

private:
  StreamSimulation simulation_;
};

double usualPlayout()
{
  return static_cast<double>(Cable{Setup{}}.after(60).playout.count());
}

} // namespace

TEST_CASE("A machine that stands still now and then, here or there or both, costs no delay")
{
  const double usual = usualPlayout();
  for (const auto& [areHere, areThere] : {std::pair{true, true}, {true, false}, {false, true}}) {
    CAPTURE(areHere, areThere);
    Cable cable{{.every = 10.7 * kSecond, .length = 1300, .areHere = areHere, .areThere = areThere}};
    for (double seconds = 10; seconds <= 120; seconds += 10)
      CHECK(static_cast<double>(cable.after(seconds).playout.count()) == Approx(usual).margin(150));
    CHECK(cable.after(120).late <= 12 * 64);
  }
}

TEST_CASE("A machine that stands still all the time is waited for")
{
  Cable cable{{.every = kSecond, .length = 3000, .areHere = false}};
  cable.after(60);
  const auto before = cable.after(61);
  CHECK(static_cast<double>(before.playout.count()) > usualPlayout() + 2500);
  CHECK(cable.after(121).late - before.late <= 6 * 3 * 64); // the six a minute that are let pass
}

TEST_CASE("Towards safe, fewer standstills are let pass")
{
  Cable cable{{.every = 10.7 * kSecond, .length = 3000, .areHere = false}, 1};
  CHECK(static_cast<double>(cable.after(120).playout.count()) > usualPlayout() + 2500);
}

TEST_CASE("When the sender's device has lost time, its sound is back within 25 ms, at the same delay")
{
  Cable cable{Setup{.senderStopsAt = 30 * kSecond, .senderStopsFor = 6000}};
  const auto before = cable.after(29.9);
  const auto after = cable.after(31);
  CHECK(after.late - before.late < 25 * 48);
  CHECK(static_cast<double>(cable.after(34).playout.count()) ==
        Approx(static_cast<double>(before.playout.count())).margin(150));
}
