// Compiled by Clang with -Wfunction-effects as an error, run with RealtimeSanitizer; see tests/rt.
#include <Catch.hpp>
#include <tutti/rt/Latest.hpp>
#include <tutti/time/AudioClock.hpp>
#include <tutti/time/BeatGrid.hpp>
#include <tutti/time/SessionTransform.hpp>

using namespace tutti;
using namespace tutti::time::literals;
using namespace std::chrono_literals;

namespace {

/// What an audio callback may ask of this part.
struct Callback {
  rt::Latest<time::BeatGrid>& grid;
  time::AudioClock& clock;

  void operator()(SampleTime first) noexcept TUTTI_NONBLOCKING
  {
    at = clock.blockAt(first, time::HostClock::now());
    const auto& now = grid.read();
    beat = now.beatAt(at);
    phase = now.phaseAt(at);
    downbeat = now.timeAt(time::nextWithPhaseOf(0_beats, beat, now.quantum()));
    line.add(first.frames, microsOf(at));
    rate = line.slope() + line.at(first.frames);
    session = transform.toSession(transform.toHost(transform.toSession(at)));
    tempo = time::Tempo::fromMicrosPerBeat(now.tempo().microsPerBeat()).clamped();
    isPlaying = now.isPlaying();
  }
  void settings() noexcept TUTTI_NONBLOCKING
  {
    clock.setOutputLatency(Micros{1000});
    clock.setTrim(Micros{-1000});
    clock.reset();
    line.reset();
    filter.hostTimeOf({0}, at);
    filter.reset();
  }

  HostTime at{};
  time::Beats beat{};
  time::Beats phase{};
  HostTime downbeat{};
  time::SlidingRegression<512> line{};
  time::HostTimeFilter filter{};
  double rate = 0;
  time::SessionTransform transform{};
  SessionTime session{};
  time::Tempo tempo{};
  bool isPlaying = false;
};

} // namespace

TEST_CASE("Musical time neither waits nor allocates")
{
  rt::Latest<time::BeatGrid> grid{time::BeatGrid{{120_bpm, 0_beats, time::HostClock::now()}, 4_beats, true}};
  time::AudioClock clock;
  Callback callback{.grid = grid, .clock = clock};
  for (std::int64_t block = 0; block < 1000; ++block) {
    callback({64 * block});
    if (block % 100 == 99) callback.settings();
    REQUIRE(callback.phase == time::phase(callback.beat, 4_beats));
    REQUIRE(callback.downbeat + 2us >= callback.at);
  }
  CHECK(callback.isPlaying);
  CHECK(callback.tempo == 120_bpm);
}
