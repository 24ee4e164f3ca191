// Beats as a musician sees them, for a quantum (spec link 5.4): `beatAtTime` and its inverse, of Phase.hpp.
#include <Catch.hpp>
#include <Dice.hpp>
#include <MathVectors.hpp>
#include <cmath>
#include <tutti/time/Phase.hpp>

using namespace tutti;
using namespace tutti::time::literals;
using time::beatAtTime;
using time::Beats;
using time::HostTimeline;
using time::Tempo;
using time::timeAtBeat;

namespace {

constexpr auto micro(std::int64_t microBeats)
{
  return Beats::fromMicroBeats(microBeats);
}

constexpr HostTimeline kFast{120_bpm, micro(1'000'000), hostTime(0)};
constexpr HostTimeline kSlow{60_bpm, micro(-9'500'000), hostTime(2'000'000)};

// Spec link 5.4
static_assert(beatAtTime(kFast, hostTime(1'000'000), 2.2_beats) == 2_beats);
static_assert(beatAtTime(kFast, hostTime(1'000'000), 1.8_beats) == 3.8_beats);
static_assert(beatAtTime(kFast, hostTime(1'000'000), 2_beats) == 2_beats); // equally near: the earlier
static_assert(beatAtTime(kFast, hostTime(-2'000'000), 4_beats) == -4_beats);
static_assert(beatAtTime(kFast, hostTime(-3'000'000), 4_beats) == -6_beats);
static_assert(beatAtTime(kFast, hostTime(0), 4_beats) == 0_beats);
static_assert(beatAtTime(kFast, hostTime(3'200'000), 3_beats) == 6.4_beats);
static_assert(beatAtTime(kFast, hostTime(87'654'321), 1_beats) == 176.308642_beats);
static_assert(beatAtTime(kSlow, hostTime(0), 3_beats) == -11_beats);
static_assert(beatAtTime(kSlow, hostTime(1'500'000), 2.4_beats) == -10.1_beats);
static_assert(beatAtTime(kSlow, hostTime(0), 2_beats) == -12_beats);
static_assert(beatAtTime(kSlow, hostTime(87'654'321), 2_beats) == 75.654321_beats);
static_assert(beatAtTime(kSlow, hostTime(3'200'000), 4_beats) == -6.8_beats);

struct Drawn {
  HostTimeline timeline;
  Beats quantum;
  HostTime at;
};

Drawn drawn(test::Dice& dice)
{
  constexpr std::int64_t kHours = 100'000'000'000;
  return {{Tempo::fromBpm(dice.real(20, 999)), micro(dice.whole(-kHours, kHours)),
           hostTime(dice.whole(-kHours, kHours))},
          micro(dice.whole(0, 3) == 0 ? dice.whole(500'000, 64'000'000) : 1'000'000 * dice.whole(1, 16)),
          hostTime(dice.whole(-kHours, kHours))};
}

} // namespace

TEST_CASE("Beats for a quantum are as the vectors say, and lead back to their moment")
{
  const auto lines = test::mathVectors("encoded");
  REQUIRE(lines.size() == 72);
  for (const auto& line : lines) {
    CAPTURE(line);
    const auto vector = test::numbers("q=# t=# tl0=# back=# tl1=# back=#", line);
    REQUIRE(vector);
    const auto quantum = Beats::fromDouble((*vector)[0]);
    const auto at = hostTime(test::whole((*vector)[1]));
    CHECK(beatAtTime(kFast, at, quantum).microBeats() == test::whole((*vector)[2]));
    CHECK(microsOf(timeAtBeat(kFast, beatAtTime(kFast, at, quantum), quantum)) == test::whole((*vector)[3]));
    CHECK(beatAtTime(kSlow, at, quantum).microBeats() == test::whole((*vector)[4]));
    CHECK(microsOf(timeAtBeat(kSlow, beatAtTime(kSlow, at, quantum), quantum)) == test::whole((*vector)[5]));
  }
}

TEST_CASE("The beat that is shown has the session's phase, and is near to what was counted")
{
  test::Dice dice{71};
  for (int i = 0; i < 50'000; ++i) {
    const auto [timeline, quantum, at] = drawn(dice);
    const auto counted = timeline.toBeats(at);
    const auto beat = beatAtTime(timeline, at, quantum);
    CAPTURE(i, timeline.tempo.bpm(), quantum.microBeats(), microsOf(at), beat.microBeats());
    if (time::phase(beat, quantum) != time::phase(counted - timeline.beatOrigin, quantum))
      FAIL("another phase");
    if (2 * std::abs((beat - counted).microBeats()) > quantum.microBeats() + 1) FAIL("not near");
  }
}

TEST_CASE("The time of the beat at a time is that time")
{
  test::Dice dice{72};
  for (int i = 0; i < 50'000; ++i) {
    const auto [timeline, quantum, at] = drawn(dice);
    const auto beat = beatAtTime(timeline, at, quantum);
    const auto back = timeAtBeat(timeline, beat, quantum);
    CAPTURE(i, timeline.tempo.bpm(), timeline.beatOrigin.microBeats(), microsOf(timeline.timeOrigin),
            quantum.microBeats(), microsOf(at), beat.microBeats(), microsOf(back));
    // Half a micro-beat is up to 1.5 µs, and the result is rounded once more.
    const auto lost = std::abs((back - at).count());
    if (lost > timeline.tempo.microsPerBeat() / 2'000'000 + 1) FAIL("lost " << lost << " µs");
  }
}

TEST_CASE("Programs with different quanta share the beat")
{
  test::Dice dice{73};
  for (int i = 0; i < 20'000; ++i) {
    const auto [timeline, unused, at] = drawn(dice);
    const auto mine = 1'000'000 * dice.whole(1, 16);
    const auto yours = 1'000'000 * dice.whole(1, 16);
    CAPTURE(i, microsOf(at), mine, yours);
    const auto sharedBeat = [&](std::int64_t quantum) {
      return time::phase(beatAtTime(timeline, at, micro(quantum)), 1_beats);
    };
    REQUIRE(sharedBeat(mine) == sharedBeat(yours));
  }
}

TEST_CASE("A negative quantum is no quantum")
{
  CHECK(beatAtTime(kFast, hostTime(1'300'000), -4_beats) == kFast.toBeats(hostTime(1'300'000)));
  CHECK(timeAtBeat(kFast, 2.5_beats, -4_beats) == kFast.fromBeats(2.5_beats));
}

TEST_CASE("No origin, no moment and no quantum makes a shown beat overflow")
{
  const std::vector<std::int64_t> extremes{INT64_MIN, -1, 0, 1, INT64_MAX};
  for (const auto beatOrigin : extremes) {
    for (const auto timeOrigin : extremes) {
      const HostTimeline timeline{999_bpm, micro(beatOrigin), hostTime(timeOrigin)};
      for (const auto at : extremes) {
        for (const auto quantum : extremes) {
          CAPTURE(beatOrigin, timeOrigin, at, quantum);
          const auto shown = time::phase(beatAtTime(timeline, hostTime(at), micro(quantum)), micro(quantum));
          CHECK((shown == 0_beats || shown < micro(quantum)));
          CHECK(timeAtBeat(timeline, micro(at), micro(quantum)) >= hostTime(INT64_MIN));
        }
      }
    }
  }
}
