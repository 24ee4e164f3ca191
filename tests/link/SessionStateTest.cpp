#include <Catch.hpp>
#include <Dice.hpp>
#include <MathVectors.hpp>
#include <tutti/link/SessionState.hpp>

using namespace tutti;
using namespace tutti::time::literals;
using link::ClientState;
using link::SessionState;
using time::Beats;
using time::HostTimeline;
using time::Tempo;
using Company = SessionState::Company;

namespace {

constexpr auto micro(std::int64_t microBeats)
{
  return Beats::fromMicroBeats(microBeats);
}

/// Where most stories of spec link 10.6 begin.
ClientState start()
{
  return {{120_bpm, 1_beats, hostTime(0)}, NodeId{}, {}};
}
SessionState stateOf(Company company)
{
  return SessionState{start(), company};
}
const HostTimeline& timelineOf(const SessionState& state)
{
  return state.current().timeline;
}

HostTimeline drawnTimeline(test::Dice& dice)
{
  constexpr std::int64_t kHours = 100'000'000'000;
  return {Tempo::fromBpm(dice.real(20, 999)), micro(dice.whole(-kHours, kHours)),
          hostTime(dice.whole(-kHours, kHours))};
}

/// As finely as beats can be asked for and times be answered, in micro-beats.
std::int64_t grainOf(Tempo tempo)
{
  return 2'000'000 / tempo.microsPerBeat() + 2;
}

} // namespace

TEST_CASE("A state answers as its timeline does")
{
  const auto state = stateOf(Company::alone);
  const auto at = hostTime(1'300'000);
  CHECK(state.tempo() == 120_bpm);
  CHECK(state.beatAtTime(at, 4_beats) == time::beatAtTime(start().timeline, at, 4_beats));
  CHECK(state.phaseAtTime(at, 4_beats) == 2.6_beats);
  CHECK(state.timeAtBeat(state.beatAtTime(at, 4_beats), 4_beats) == at);
  CHECK(state.beatGrid(4_beats).beatAt(at) == state.beatAtTime(at, 4_beats));
  CHECK(state.beatGrid(3_beats).quantum() == 3_beats);
  CHECK_FALSE(state.isPlaying());
}

TEST_CASE("A captured state has no changes until somebody makes one")
{
  auto state = stateOf(Company::withPeers);
  CHECK_FALSE(state.changesTimeline());
  CHECK_FALSE(state.changesStartStop());
  CHECK(state == stateOf(Company::withPeers));
  CHECK(state != stateOf(Company::alone));

  state.setTempo(121_bpm, hostTime(0));
  CHECK(state.changesTimeline());
  CHECK_FALSE(state.changesStartStop());
  state.startPlaying(hostTime(5));
  CHECK(state.changesStartStop());
  CHECK(state != stateOf(Company::withPeers));
}

TEST_CASE("A change taken back is no change")
{
  auto state = stateOf(Company::alone);
  state.startPlaying(hostTime(5));
  state.stopPlaying(start().startStop.time);
  state.setTempo(140_bpm, hostTime(0));
  state.setTempo(120_bpm, hostTime(0));
  CHECK_FALSE(state.changesStartStop());
  CHECK_FALSE(state.changesTimeline());
}

TEST_CASE("A new tempo keeps the beat of its moment")
{
  test::Dice dice{111};
  for (int i = 0; i < 20'000; ++i) {
    const auto timeline = drawnTimeline(dice);
    SessionState state{{timeline, NodeId{}, {}}, Company::withPeers};
    const auto at = hostTime(microsOf(timeline.timeOrigin) + dice.whole(0, 3'600'000'000));
    const auto tempo = Tempo::fromBpm(dice.real(20, 999));
    const auto before = timeline.toBeats(at);
    state.setTempo(tempo, at);
    CAPTURE(i, timeline.tempo.bpm(), tempo.bpm(), microsOf(at));
    REQUIRE(state.tempo() == tempo);
    REQUIRE(timelineOf(state).beatOrigin == timeline.beatOrigin);
    REQUIRE(std::abs((timelineOf(state).toBeats(at) - before).microBeats()) <= grainOf(tempo));
  }
}

TEST_CASE("Starting and stopping take effect at their moment")
{
  auto state = stateOf(Company::alone);
  state.startPlaying(hostTime(1'000));
  CHECK(state.isPlaying());
  CHECK(state.timeForIsPlaying() == hostTime(1'000));
  CHECK(state.beatGrid(4_beats).isPlaying());
  state.stopPlaying(hostTime(2'000));
  CHECK_FALSE(state.isPlaying());
  CHECK(state.timeForIsPlaying() == hostTime(2'000));
  CHECK_FALSE(state.changesTimeline());
}

TEST_CASE("Alone, a beat comes at the moment for which it was asked")
{
  test::Dice dice{112};
  for (int i = 0; i < 20'000; ++i) {
    const auto timeline = drawnTimeline(dice);
    SessionState state{{timeline, NodeId{}, {}}, Company::alone};
    const auto at = hostTime(microsOf(timeline.timeOrigin) + dice.whole(0, 3'600'000'000));
    const auto beat = micro(dice.whole(-100'000'000, 100'000'000));
    const auto quantum = Beats::fromMicroBeats(dice.whole(1, 16) * 1'000'000);
    state.requestBeatAtTime(beat, at, quantum);
    CAPTURE(i, timeline.tempo.bpm(), beat.microBeats(), quantum.microBeats(), microsOf(at));
    // Never late: a metronome that asked for its downbeat now would miss it.
    REQUIRE(state.beatAtTime(at, quantum) <= beat);
    REQUIRE((beat - state.beatAtTime(at, quantum)).microBeats() <= 2 * grainOf(timeline.tempo));
  }
}

TEST_CASE("Among peers a request counts beats anew, and moves nobody's phase")
{
  test::Dice dice{113};
  for (int i = 0; i < 20'000; ++i) {
    const auto timeline = drawnTimeline(dice);
    SessionState state{{timeline, NodeId{}, {}}, Company::withPeers};
    const auto at = hostTime(microsOf(timeline.timeOrigin) + dice.whole(0, 3'600'000'000));
    const auto beat = micro(dice.whole(-100, 100) * 250'000);
    const auto quantum = Beats::fromMicroBeats(dice.whole(1, 16) * 1'000'000);
    const auto phaseBefore = state.phaseAtTime(at, quantum);
    state.requestBeatAtTime(beat, at, quantum);
    CAPTURE(i, timeline.tempo.bpm(), beat.microBeats(), quantum.microBeats(), microsOf(at));

    const auto grain = 2 * grainOf(timeline.tempo);
    const auto moved = time::phase(state.phaseAtTime(at, quantum) - phaseBefore + micro(grain), quantum);
    REQUIRE(moved.microBeats() <= 2 * grain);
    // The beat comes within the next quantum.
    const auto comes = state.timeAtBeat(beat, quantum);
    const auto tolerance = Micros{timeline.tempo.microsPerBeat() / 250'000 + 2};
    REQUIRE(comes >= at - tolerance);
    REQUIRE(comes <= at + timeline.tempo.toMicros(quantum) + tolerance);
  }
}

TEST_CASE("A start by request counts from there, a stop leaves the beats alone")
{
  auto state = stateOf(Company::withPeers);
  state.requestBeatAtStartPlayingTime(0_beats, 4_beats);
  CHECK_FALSE(state.changesTimeline()); // stopped: nothing to count from
  state.startPlayingAndRequestBeat(hostTime(1'300'000), 0_beats, 4_beats);
  CHECK(state.isPlaying());
  CHECK(state.timeAtBeat(0_beats, 4_beats) == hostTime(2'000'000));
}

TEST_CASE("Tempi that nobody can play become the nearest one that can be played")
{
  constexpr auto kInfinity = std::numeric_limits<double>::infinity();
  auto state = stateOf(Company::alone);
  for (const auto bpm : {0.0, -1.0, 19.99, -kInfinity, std::numeric_limits<double>::quiet_NaN()}) {
    state.setTempo(Tempo::fromBpm(bpm), hostTime(1'000'000));
    CHECK(state.tempo() == 20_bpm);
  }
  for (const auto bpm : {999.01, 1e300, kInfinity}) {
    state.setTempo(Tempo::fromBpm(bpm), hostTime(1'000'000));
    CHECK(state.tempo() == 999_bpm);
  }
}

TEST_CASE("A negative quantum is none, also for requests")
{
  for (const auto company : {Company::alone, Company::withPeers}) {
    auto none = stateOf(company);
    auto negative = stateOf(company);
    none.requestBeatAtTime(2.5_beats, hostTime(1'300'000), 0_beats);
    negative.requestBeatAtTime(2.5_beats, hostTime(1'300'000), -4_beats);
    CHECK(negative == none);
    CHECK(negative.beatAtTime(hostTime(1'300'000), -4_beats) == 2.5_beats);
  }
}

TEST_CASE("Whatever numbers come, a state answers")
{
  test::Dice dice{114};
  const std::vector<std::int64_t> extremes{INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
  const auto any = [&] {
    return dice.whole(0, 1) == 0 ? extremes[static_cast<std::size_t>(dice.whole(0, 6))] : dice.anyWhole();
  };
  for (int i = 0; i < 20'000; ++i) {
    const HostTimeline timeline{Tempo::fromMicrosPerBeat(any()).clamped(), micro(any()), hostTime(any())};
    SessionState state{{timeline, NodeId{}, {}}, dice.whole(0, 1) == 0 ? Company::alone : Company::withPeers};
    const auto quantum = micro(any());
    state.requestBeatAtTime(micro(any()), hostTime(any()), quantum);
    state.forceBeatAtTime(micro(any()), hostTime(any()), quantum);
    state.setTempo(Tempo::fromBpm(dice.anyReal()), hostTime(any()));
    state.startPlayingAndRequestBeat(hostTime(any()), micro(any()), quantum);
    const auto phase = state.phaseAtTime(hostTime(any()), quantum);
    CAPTURE(i, quantum.microBeats(), phase.microBeats());
    REQUIRE((phase == 0_beats || (phase > 0_beats && phase < quantum)));
    REQUIRE(state.tempo().clamped() == state.tempo());
  }
}
