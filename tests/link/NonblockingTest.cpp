// Compiled by Clang with -Wfunction-effects as an error, run with RealtimeSanitizer; see tests/rt.
#include <Catch.hpp>
#include <tutti/link/Link.hpp>

using namespace tutti;
using namespace tutti::time::literals;
using link::SessionState;

namespace {

/// What an audio callback may do with what it captured.
struct Callback {
  void operator()(SessionState& state, HostTime at) noexcept TUTTI_NONBLOCKING
  {
    state.setTempo(time::Tempo::fromBpm(state.tempo().bpm() + 1), at);
    if (state.isPlaying()) state.stopPlaying(at);
    state.requestBeatAtStartPlayingTime(0_beats, kBar);
    state.startPlayingAndRequestBeat(at, 0_beats, kBar);
    state.startPlaying(state.timeForIsPlaying());
    state.requestBeatAtTime(1_beats, at, kBar);
    state.forceBeatAtTime(2_beats, at, kBar);
    beat = state.beatAtTime(at, kBar);
    phase = state.phaseAtTime(at, kBar);
    downbeat = state.timeAtBeat(beat - phase, kBar);
    grid = state.beatGrid(kBar);
    isWorthACommit = state.changesTimeline() || state.changesStartStop() || !(copy == state);
    copy = state;
    current = copy.current();
  }

  static constexpr auto kBar = 4_beats;
  time::Beats beat;
  time::Beats phase;
  HostTime downbeat;
  time::BeatGrid grid;
  bool isWorthACommit = false;
  SessionState copy{{}, SessionState::Company::alone};
  link::ClientState current;
};

} // namespace

TEST_CASE("A session state neither waits nor allocates")
{
  Callback callback;
  for (const auto company : {SessionState::Company::alone, SessionState::Company::withPeers}) {
    SessionState state{{}, company};
    for (int block = 0; block < 500; ++block) {
      const auto at = hostTime(std::int64_t{1333} * block);
      callback(state, at);
      REQUIRE(callback.phase == time::phase(callback.beat, Callback::kBar));
      REQUIRE(callback.downbeat <= at);
      REQUIRE(callback.beat <= 2_beats);
    }
    CHECK(callback.isWorthACommit);
    CHECK(callback.current == state.current());
  }
}

TEST_CASE("The audio pair of capture and commit neither waits nor allocates")
{
  link::Link link{120_bpm};
  Callback callback;
  const auto block = [&]() noexcept TUTTI_NONBLOCKING {
    auto state = link.captureAudio();
    callback(state, time::HostClock::now());
    link.commitAudio(state);
  };
  for (int i = 0; i < 500; ++i) block();
  CHECK(link.captureAudio().isPlaying());
  CHECK(link.captureAudio().tempo() == 620_bpm);
}
