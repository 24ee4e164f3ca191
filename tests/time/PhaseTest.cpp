#include <Catch.hpp>
#include <Dice.hpp>
#include <MathVectors.hpp>
#include <tutti/time/Phase.hpp>

using namespace tutti;
using namespace tutti::time::literals;
using time::Beats;
using time::closestWithPhaseOf;
using time::nextWithPhaseOf;
using time::phase;

namespace {

constexpr auto micro(std::int64_t microBeats)
{
  return Beats::fromMicroBeats(microBeats);
}

// Spec link 5.3: the next beat is asked for as (target, from, quantum), in the order of the sentence.
static_assert(phase(-1_beats, 1_beats) == 0_beats && phase(-0.1_beats, 1_beats) == 0.9_beats);
static_assert(phase(-2.3_beats, 1_beats) == 0.7_beats && phase(-9.5_beats, 2.3_beats) == 2_beats);
static_assert(phase(9.5_beats, 2.3_beats) == 0.3_beats && phase(7.5_beats, 4_beats) == 3.5_beats);
static_assert(phase(micro(-3'999'999), 4_beats) == micro(1));
static_assert(nextWithPhaseOf(1_beats, 0.1_beats, 0_beats) == 0.1_beats);
static_assert(nextWithPhaseOf(0.1_beats, 0_beats, 1_beats) == 0.1_beats);
static_assert(nextWithPhaseOf(1_beats, 0.1_beats, 2_beats) == 1_beats);
static_assert(nextWithPhaseOf(2_beats, 1_beats, 2.3_beats) == 2_beats);
static_assert(nextWithPhaseOf(2.3_beats, 1_beats, 2_beats) == 2.3_beats);
static_assert(nextWithPhaseOf(-0.1_beats, 2.3_beats, 2_beats) == 3.9_beats);
static_assert(nextWithPhaseOf(0.1_beats, -9.5_beats, 2_beats) == -7.9_beats);
static_assert(nextWithPhaseOf(0.1_beats, -2.3_beats, 9.5_beats) == 0.1_beats);
static_assert(nextWithPhaseOf(5_beats, 1_beats, 4_beats) == 1_beats);
static_assert(nextWithPhaseOf(2_beats, 3_beats, 4_beats) == 6_beats);
static_assert(closestWithPhaseOf(0_beats, 2_beats, 4_beats) == 0_beats);
static_assert(closestWithPhaseOf(0_beats, 6_beats, 4_beats) == 4_beats);
static_assert(closestWithPhaseOf(0_beats, 6.000001_beats, 4_beats) == 8_beats);
static_assert(closestWithPhaseOf(0_beats, -2_beats, 4_beats) == -4_beats);
static_assert(closestWithPhaseOf(0_beats, 1.5_beats, 1_beats) == 1_beats);
static_assert(closestWithPhaseOf(2_beats, 3_beats, 4_beats) == 2_beats);

struct Drawn {
  Beats target;
  Beats near;
  Beats quantum;
};

Drawn drawn(test::Dice& dice)
{
  constexpr std::int64_t kFar = 1'000'000'000'000;
  return {micro(dice.whole(-kFar, kFar)), micro(dice.whole(-kFar, kFar)), micro(dice.whole(1, 64'000'000))};
}

void checkPhase(const std::string& line, const std::vector<double>& vector)
{
  auto beat = Beats::fromDouble(vector[0]);
  const auto quantum = Beats::fromDouble(vector[1]);
  if (line == "phase(-4,4)=1") beat = micro(-3'999'999); // printed too short, as the fixture remarks
  const auto expected =
    quantum < 0_beats ? 0 : test::whole(vector[2]); // negative quanta mean nothing: spec link 5.3
  CHECK(phase(beat, quantum).microBeats() == expected);
}

} // namespace

TEST_CASE("Phases are as the vectors say")
{
  const auto lines = test::mathVectors("phase");
  REQUIRE(lines.size() == 33);
  for (const auto& line : lines) {
    CAPTURE(line);
    if (const auto plain = test::numbers("phase(#,#)=#", line)) {
      checkPhase(line, *plain);
    } else if (const auto both = test::numbers("next(#,#,#)=# closest=#", line)) {
      const auto from = Beats::fromDouble((*both)[0]);
      const auto target = Beats::fromDouble((*both)[1]);
      const auto quantum = Beats::fromDouble((*both)[2]);
      CHECK(nextWithPhaseOf(target, from, quantum).microBeats() == test::whole((*both)[3]));
      CHECK(closestWithPhaseOf(target, from, quantum).microBeats() == test::whole((*both)[4]));
    } else {
      const auto closest = test::numbers("closest(#,#,#)=#", line);
      REQUIRE(closest);
      CHECK(closestWithPhaseOf(Beats::fromDouble((*closest)[1]), Beats::fromDouble((*closest)[0]),
                               Beats::fromDouble((*closest)[2]))
              .microBeats() == test::whole((*closest)[3]));
    }
  }
}

TEST_CASE("Phase is always in the quantum, and repeats with it")
{
  test::Dice dice{61};
  for (int i = 0; i < 50'000; ++i) {
    const auto [target, near, quantum] = drawn(dice);
    CAPTURE(i, near.microBeats(), quantum.microBeats());
    const auto here = phase(near, quantum);
    if (here < 0_beats || here >= quantum) FAIL("outside the quantum");
    if (phase(near + quantum, quantum) != here || phase(near - quantum, quantum) != here)
      FAIL("does not repeat");
    if (phase(near - here, quantum) != 0_beats) FAIL("no downbeat before it");
  }
}

TEST_CASE("The next beat of a phase is the first one from there on")
{
  test::Dice dice{62};
  for (int i = 0; i < 50'000; ++i) {
    const auto [target, from, quantum] = drawn(dice);
    const auto next = nextWithPhaseOf(target, from, quantum);
    CAPTURE(i, target.microBeats(), from.microBeats(), quantum.microBeats(), next.microBeats());
    if (phase(next, quantum) != phase(target, quantum)) FAIL("another phase");
    if (next < from || next - from >= quantum) FAIL("not the first one");
  }
}

TEST_CASE("The closest beat of a phase is within half a quantum, and the earlier of two")
{
  test::Dice dice{63};
  for (int i = 0; i < 50'000; ++i) {
    const auto [target, near, quantum] = drawn(dice);
    const auto closest = closestWithPhaseOf(target, near, quantum);
    CAPTURE(i, target.microBeats(), near.microBeats(), quantum.microBeats(), closest.microBeats());
    if (phase(closest, quantum) != phase(target, quantum)) FAIL("another phase");
    const auto twice = 2 * (closest - near).microBeats();
    // An odd quantum has no middle: the half is rounded up by half a millionth of a beat.
    if (twice < -quantum.microBeats() - 1 || twice >= quantum.microBeats()) FAIL("not the closest");
  }
}

TEST_CASE("Without a quantum, or with a negative one, there is no bar to wait for")
{
  for (const auto quantum : {0_beats, -4_beats, micro(INT64_MIN)}) {
    for (const auto beat : {-7.25_beats, 0_beats, 3.5_beats}) {
      CAPTURE(quantum.microBeats(), beat.microBeats());
      CHECK(phase(beat, quantum) == 0_beats);
      CHECK(nextWithPhaseOf(1_beats, beat, quantum) == beat);
      CHECK(closestWithPhaseOf(1_beats, beat, quantum) == beat);
    }
  }
}

TEST_CASE("No number makes the counting overflow")
{
  const std::vector<std::int64_t> extremes{INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
  for (const auto a : extremes) {
    for (const auto b : extremes) {
      for (const auto q : extremes) {
        CAPTURE(a, b, q);
        const auto at = phase(micro(a), micro(q));
        CHECK((at == 0_beats || (at > 0_beats && at < micro(q))));
        CHECK(nextWithPhaseOf(micro(a), micro(b), micro(q)) >= micro(b));
        CHECK(closestWithPhaseOf(micro(a), micro(b), micro(0)) == micro(b));
      }
    }
  }
}
