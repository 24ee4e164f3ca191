#include <Catch.hpp>
#include <Dice.hpp>
#include <MathVectors.hpp>
#include <cmath>
#include <tutti/time/Timeline.hpp>

using namespace tutti;
using namespace tutti::time::literals;
using time::Beats;
using time::HostTimeline;
using time::Tempo;

namespace {

constexpr auto micro(std::int64_t microBeats)
{
  return Beats::fromMicroBeats(microBeats);
}

constexpr HostTimeline kSlow{60_bpm, micro(-1'000'000), hostTime(1'000'000)};
constexpr HostTimeline kFast{120_bpm, micro(5'500'000), hostTime(12'558'940)};
constexpr HostTimeline kOdd{123.456_bpm, micro(7'250'000), hostTime(-987'654)};

// Spec link 5.2
static_assert(kSlow.toBeats(hostTime(4'500'000)) == 2.5_beats && kSlow.toBeats(hostTime(0)) == -2_beats);
static_assert(kSlow.fromBeats(3.2_beats) == hostTime(5'200'000));
static_assert(kSlow.fromBeats(-7_beats) == hostTime(-5'000'000));
static_assert(kFast.toBeats(hostTime(0)) == micro(-19'617'880));
static_assert(kFast.toBeats(hostTime(100'000'000)) == micro(180'382'120));
static_assert(kFast.fromBeats(3.2_beats) == hostTime(11'408'940) &&
              kFast.fromBeats(0_beats) == hostTime(9'808'940));
static_assert(kOdd.toBeats(hostTime(0)) == micro(9'282'197));
static_assert(kOdd.toBeats(hostTime(4'500'000)) == micro(18'541'399));
static_assert(kOdd.fromBeats(3.2_beats) == hostTime(-2'955'966));
static_assert(kOdd.fromBeats(1000.000001_beats) == hostTime(481'491'825));

// Spec link 10.5, case I
constexpr HostTimeline kRaw{60_bpm, micro(-1'000'000), hostTime(-1)};
static_assert(shifted(kRaw, 1.1_beats).timeOrigin == hostTime(-1'100'001));
static_assert(shifted(kRaw, 1.1_beats).toBeats(hostTime(-1)) == 0.1_beats);

HostTimeline drawn(test::Dice& dice)
{
  return {Tempo::fromBpm(dice.real(20, 999)), micro(dice.whole(-1'000'000'000'000, 1'000'000'000'000)),
          hostTime(dice.whole(-1'000'000'000'000, 1'000'000'000'000))};
}

} // namespace

TEST_CASE("Timelines count as the vectors say")
{
  const auto lines = test::mathVectors("timeline");
  REQUIRE(lines.size() == 11);
  for (const auto& line : lines) {
    CAPTURE(line);
    if (const auto at = test::numbers("t=# tl60=# tl120=# tlx=#", line)) {
      const auto moment = hostTime(test::whole((*at)[0]));
      CHECK(kSlow.toBeats(moment).microBeats() == test::whole((*at)[1]));
      CHECK(kFast.toBeats(moment).microBeats() == test::whole((*at)[2]));
      CHECK(kOdd.toBeats(moment).microBeats() == test::whole((*at)[3]));
    } else if (const auto of = test::numbers("b=# tl60=# tl120=# tlx=#", line)) {
      // 1000.000001 is printed too short; spec link 5.2 has it in full.
      const auto beat = (*of)[0] == 1000 ? 1000.000001_beats : Beats::fromDouble((*of)[0]);
      CHECK(microsOf(kSlow.fromBeats(beat)) == test::whole((*of)[1]));
      CHECK(microsOf(kFast.fromBeats(beat)) == test::whole((*of)[2]));
      CHECK(microsOf(kOdd.fromBeats(beat)) == test::whole((*of)[3]));
    } else {
      const auto odd = test::numbers("tlx bpm=# uspb=# beatOrigin=# timeOrigin=#", line);
      REQUIRE(odd);
      CHECK(kOdd.tempo.bpm() == (*odd)[0]);
      CHECK(kOdd.tempo.microsPerBeat() == test::whole((*odd)[1]));
      CHECK(kOdd.beatOrigin.microBeats() == test::whole((*odd)[2]));
      CHECK(microsOf(kOdd.timeOrigin) == test::whole((*odd)[3]));
    }
  }
}

TEST_CASE("The origin lies on the line")
{
  test::Dice dice{51};
  for (int i = 0; i < 10'000; ++i) {
    const auto timeline = drawn(dice);
    CAPTURE(i);
    REQUIRE(timeline.toBeats(timeline.timeOrigin) == timeline.beatOrigin);
    REQUIRE(timeline.fromBeats(timeline.beatOrigin) == timeline.timeOrigin);
  }
}

TEST_CASE("Time goes on, so do the beats")
{
  test::Dice dice{52};
  for (int i = 0; i < 10'000; ++i) {
    const auto timeline = drawn(dice);
    const auto from = hostTime(dice.whole(-1'000'000'000'000, 1'000'000'000'000));
    const auto step = Micros{dice.whole(0, 1'000'000)};
    CAPTURE(i, microsOf(from), step.count());
    REQUIRE(timeline.toBeats(from) <= timeline.toBeats(from + step));
  }
}

TEST_CASE("A moved timeline counts that much more at every moment")
{
  test::Dice dice{53};
  for (int i = 0; i < 10'000; ++i) {
    const auto timeline = drawn(dice);
    const auto distance = micro(dice.whole(-100'000'000, 100'000'000));
    const auto at = hostTime(dice.whole(-1'000'000'000'000, 1'000'000'000'000));
    CAPTURE(i, timeline.tempo.bpm(), distance.microBeats(), microsOf(at));
    // Origins are whole microseconds, and one microsecond is up to 17 micro-beats (999 bpm).
    const auto error = shifted(timeline, distance).toBeats(at) - timeline.toBeats(at) - distance;
    REQUIRE(std::abs(error.microBeats()) <= 1'000'000 / timeline.tempo.microsPerBeat() + 1);
    REQUIRE(shifted(timeline, distance).beatOrigin == timeline.beatOrigin);
  }
}

TEST_CASE("Origins from strangers cannot make a timeline overflow")
{
  for (const auto origin : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX}) {
    for (const auto at : {INT64_MIN, std::int64_t{0}, INT64_MAX}) {
      for (const auto tempo : {20_bpm, 999_bpm}) {
        const HostTimeline timeline{tempo, micro(origin), hostTime(at)};
        CAPTURE(origin, at);
        CHECK(timeline.toBeats(hostTime(at)) == micro(origin));
        CHECK(timeline.fromBeats(micro(origin)) == hostTime(at));
        CHECK(timeline.toBeats(hostTime(INT64_MAX)) >= timeline.toBeats(hostTime(INT64_MIN)));
        CHECK(timeline.fromBeats(micro(INT64_MAX)) >= timeline.fromBeats(micro(INT64_MIN)));
        CHECK(shifted(timeline, micro(INT64_MIN)).tempo == tempo);
        CHECK(shifted(timeline, micro(INT64_MAX)).beatOrigin == micro(origin));
      }
    }
  }
}
