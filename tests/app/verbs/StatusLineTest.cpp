#include "verbs/link/StatusLine.hpp"

#include <Catch.hpp>

#include "SnapshotOf.hpp"

namespace tutti::app {
namespace {

using namespace time::literals;

engine::Snapshot atBeat(double beat)
{
  return snapshotOf(60, hostTime(static_cast<std::int64_t>(beat * 1e6)));
}

} // namespace

TEST_CASE("The status line says all in one row")
{
  auto snapshot = atBeat(5.999);
  CHECK(statusLine(snapshot, 200) ==
        "Link off |  0 peers | quantum 4  | sync off | stopped  |  60.00 bpm | beat      5.99 [##--]");
  snapshot.link.isEnabled = snapshot.link.followsStartStop = snapshot.isPlaying = true;
  snapshot.link.peerCount = 1;
  CHECK(statusLine(snapshot, 200) ==
        "Link on  |  1 peer  | quantum 4  | sync on  | playing  |  60.00 bpm | beat      5.99 [##--]");
}

TEST_CASE("Beats before the first downbeat are counted in")
{
  auto snapshot = atBeat(-2.5);
  snapshot.isPlaying = true;
  CHECK(statusLine(snapshot, 200).find("count-in") != std::string::npos);
  CHECK(statusLine(snapshot, 200).find("-2.50 [##--]") != std::string::npos);
}

TEST_CASE("A narrow terminal gets what fits")
{
  CHECK(statusLine(atBeat(1), 10) == "Link off |");
  CHECK(statusLine(atBeat(1), 0).empty());
}

TEST_CASE("The line keeps its length while beats go by")
{
  const auto length = statusLine(atBeat(0), 200).size();
  for (double beat = 0; beat < 12'000; beat += 7.31) CHECK(statusLine(atBeat(beat), 200).size() == length);
}

TEST_CASE("The beat bar fills up beat by beat")
{
  CHECK(beatBar(0_beats, 4_beats) == "[#---]");
  CHECK(beatBar(0.999_beats, 4_beats) == "[#---]");
  CHECK(beatBar(1_beats, 4_beats) == "[##--]");
  CHECK(beatBar(3.999999_beats, 4_beats) == "[####]");
  CHECK(beatBar(0_beats, 1_beats) == "[#]");
  CHECK(beatBar(3.2_beats, 3.5_beats) == "[####]");
}

TEST_CASE("Long quanta share sixteen cells")
{
  CHECK(beatBar(0_beats, 64_beats) == "[#---------------]");
  CHECK(beatBar(4_beats, 64_beats) == "[##--------------]");
  CHECK(beatBar(63.999_beats, 64_beats) == "[################]");
}

} // namespace tutti::app
