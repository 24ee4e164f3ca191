#include <Catch.hpp>
#include <Dice.hpp>
#include <MathVectors.hpp>
#include <cmath>
#include <limits>
#include <tutti/time/Tempo.hpp>

using namespace tutti;
using namespace tutti::time::literals;
using time::Beats;
using time::Tempo;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Spec link 5.1, 2.6
static_assert((20_bpm).microsPerBeat() == 3'000'000 && (999_bpm).microsPerBeat() == 60'060);
static_assert(Tempo::fromMicrosPerBeat(491'803).bpm() == 122.00006913337251);
static_assert(Tempo::fromMicrosPerBeat(60'000).clamped() == 999_bpm);
static_assert(Tempo::fromMicrosPerBeat(3'000'001).clamped() == 20_bpm);
static_assert((5_bpm).clamped() == 20_bpm && (5000_bpm).clamped() == 999_bpm &&
              (99.5_bpm).clamped() == 99.5_bpm);
static_assert(Tempo::fromBpm(kNaN).clamped() == 20_bpm && Tempo::fromBpm(kInfinity).clamped() == 999_bpm);
static_assert(Tempo{} == 120_bpm);

// All conversions use the rounded length of a beat, never the bpm as said: 60e6 / 90 is 666 666.67.
static_assert((90_bpm).toMicros(3_beats) == Micros{2'000'001});
static_assert((60_bpm).toBeats(Micros{-1}).microBeats() == -1);

void checkSaid(const std::vector<double>& vector)
{
  const auto said = Tempo::fromBpm(vector[0]);
  const auto decoded = Tempo::fromMicrosPerBeat(test::whole(vector[1]));
  CHECK(said.microsPerBeat() == test::whole(vector[1]));
  CHECK(decoded.bpm() == vector[2]);
  CHECK(decoded.clamped().microsPerBeat() == said.microsPerBeat());
}

void checkHeard(const std::vector<double>& vector)
{
  const auto heard = Tempo::fromMicrosPerBeat(test::whole(vector[0]));
  if (vector[0] <
      1) { // no tempo at all: such a state is dropped (spec link 2.6); should one slip in, it is playable
    CHECK(heard == 999_bpm);
    return;
  }
  CHECK(heard.bpm() == vector[1]);
  CHECK(heard.clamped().bpm() == vector[2]);
  CHECK(heard.clamped().microsPerBeat() == test::whole(vector[3]));
}

} // namespace

TEST_CASE("Tempi travel as the vectors say")
{
  const auto lines = test::mathVectors("tempo");
  REQUIRE(lines.size() == 26);
  for (const auto& line : lines) {
    CAPTURE(line);
    if (const auto said = test::numbers("# -> # -> #", line))
      checkSaid(*said);
    else if (const auto heard = test::numbers("wire # -> bpm # -> clamp # -> rewire #", line))
      checkHeard(*heard);
    else
      FAIL("not understood");
  }
}

TEST_CASE("A tempo that came from the wire goes back unchanged")
{
  for (std::int64_t micros = 60'060; micros <= 3'000'000; ++micros) {
    const auto heard = Tempo::fromMicrosPerBeat(micros).clamped();
    if (heard.microsPerBeat() != micros) {
      CAPTURE(micros);
      FAIL("changed on its way");
    }
  }
}

TEST_CASE("A clamped tempo can be played, whatever it was")
{
  test::Dice dice{41};
  for (int i = 0; i < 50'000; ++i) {
    const auto any = dice.anyReal();
    const auto tempo = Tempo::fromBpm(any).clamped();
    CAPTURE(i, any);
    if (!(tempo.bpm() >= 20.0 && tempo.bpm() <= 999.0)) FAIL("out of range");
    if (tempo.microsPerBeat() < 60'060 || tempo.microsPerBeat() > 3'000'000) FAIL("length of a beat");
    const auto heard = Tempo::fromMicrosPerBeat(dice.anyWhole()).clamped();
    if (!(heard.bpm() >= 20.0 && heard.bpm() <= 999.0)) FAIL("out of range from the wire");
  }
}

TEST_CASE("Duration to beats and back keeps the moment, as finely as beats can say it")
{
  test::Dice dice{42};
  for (int i = 0; i < 50'000; ++i) {
    const auto tempo = Tempo::fromBpm(dice.real(20, 999));
    const auto duration = Micros{dice.whole(-100'000'000'000, 100'000'000'000)};
    CAPTURE(i, tempo.bpm(), duration.count());
    // Half a micro-beat is up to 1.5 µs, and the result is rounded once more.
    const auto lost = std::abs((tempo.toMicros(tempo.toBeats(duration)) - duration).count());
    if (lost > tempo.microsPerBeat() / 2'000'000 + 1) FAIL("lost " << lost << " µs");
  }
}

TEST_CASE("Numbers from strangers, and tempi that nobody can play, convert without harm")
{
  test::Dice dice{43};
  for (const auto bpm : {0.0, -0.0, -120.0, 1e-300, 1e300, kInfinity, -kInfinity, kNaN, dice.anyReal()}) {
    const auto tempo = Tempo::fromBpm(bpm);
    for (const auto number :
         {INT64_MIN, INT64_MIN + 1, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1}, INT64_MAX}) {
      CAPTURE(bpm, number);
      CHECK(std::abs(tempo.toBeats(Micros{number}).microBeats()) <= time::kLargest);
      CHECK(std::abs(tempo.toMicros(Beats::fromMicroBeats(number)).count()) <= time::kLargest);
    }
  }
}
