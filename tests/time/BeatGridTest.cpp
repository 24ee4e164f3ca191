#include <Catch.hpp>
#include <tutti/time/BeatGrid.hpp>
#include <type_traits>

using namespace tutti;
using namespace tutti::time::literals;
using time::BeatGrid;
using time::HostTimeline;

namespace {

constexpr HostTimeline kTimeline{120_bpm, 1_beats, hostTime(0)};
constexpr BeatGrid kGrid{kTimeline, 4_beats, true};

static_assert(std::is_trivially_copyable_v<BeatGrid>, "it travels to the audio thread");

} // namespace

TEST_CASE("A grid answers for its timeline and quantum")
{
  const auto at = hostTime(1'300'000);
  CHECK(kGrid.beatAt(at) == time::beatAtTime(kTimeline, at, 4_beats));
  CHECK(kGrid.phaseAt(at) == time::phase(kGrid.beatAt(at), 4_beats));
  CHECK(kGrid.timeAt(kGrid.beatAt(at)) == at);
  CHECK(kGrid.tempo() == 120_bpm);
  CHECK(kGrid.quantum() == 4_beats);
  CHECK(kGrid.isPlaying());
}

TEST_CASE("Before anything is known a grid counts bars of four at 120, stopped")
{
  const BeatGrid grid;
  CHECK(grid.tempo() == 120_bpm);
  CHECK(grid.quantum() == 4_beats);
  CHECK_FALSE(grid.isPlaying());
  CHECK(grid.beatAt(hostTime(500'000)) == 1_beats);
  CHECK(grid.phaseAt(hostTime(-500'000)) == 3_beats);
}

TEST_CASE("Without a quantum each beat is a downbeat")
{
  const BeatGrid grid{kTimeline, 0_beats, false};
  CHECK(grid.phaseAt(hostTime(1'234'567)) == 0_beats);
  CHECK(grid.timeAt(grid.beatAt(hostTime(1'300'000))) == hostTime(1'300'000));
}
