#include "verbs/link/Controls.hpp"

#include <Catch.hpp>

#include "SnapshotOf.hpp"

namespace tutti::app {
namespace {

using namespace std::chrono_literals;
using namespace time::literals;

constexpr auto kStart = hostTime(1'000'000'000);

} // namespace

TEST_CASE("Keys turn things over from what they are")
{
  auto snapshot = snapshotOf(120, kStart);
  CHECK(Controls{}.press(Key::toggleLink, snapshot) == Command{Switch::enableLink});
  CHECK(Controls{}.press(Key::togglePlay, snapshot) == Command{Switch::play});
  CHECK(Controls{}.press(Key::toggleStartStopSync, snapshot) == Command{Switch::followStartStop});
  snapshot.link.isEnabled = snapshot.link.followsStartStop = snapshot.isPlaying = true;
  CHECK(Controls{}.press(Key::toggleLink, snapshot) == Command{Switch::disableLink});
  CHECK(Controls{}.press(Key::togglePlay, snapshot) == Command{Switch::stop});
  CHECK(Controls{}.press(Key::toggleStartStopSync, snapshot) == Command{Switch::ignoreStartStop});
}

TEST_CASE("Tempo and quantum step by one and stop at their ends")
{
  CHECK(Controls{}.press(Key::faster, snapshotOf(120)) == Command{121_bpm});
  CHECK(Controls{}.press(Key::slower, snapshotOf(97.5)) == Command{96.5_bpm});
  CHECK(Controls{}.press(Key::faster, snapshotOf(998.5)) == Command{999_bpm});
  CHECK(Controls{}.press(Key::slower, snapshotOf(20)) == Command{20_bpm});
  CHECK(Controls{}.press(Key::largerQuantum, snapshotOf(120, {}, 3.5_beats)) == Command{4.5_beats});
  CHECK(Controls{}.press(Key::largerQuantum, snapshotOf(120, {}, 64_beats)) == Command{64_beats});
  CHECK(Controls{}.press(Key::smallerQuantum, snapshotOf(120, {}, 1_beats)) == Command{1_beats});
}

TEST_CASE("A tempo that lost its last digits on the wire steps to a round one")
{
  const auto fromWire = time::Tempo::fromMicrosPerBeat((122_bpm).microsPerBeat());
  REQUIRE(fromWire != 122_bpm);
  CHECK(Controls{}.press(Key::faster, snapshotOf(fromWire.bpm())) == Command{123_bpm});
}

TEST_CASE("Quick presses count from what was asked for, not from what is still shown")
{
  Controls controls;
  const auto stale = snapshotOf(120, kStart);
  CHECK(controls.press(Key::faster, stale) == Command{121_bpm});
  CHECK(controls.press(Key::faster, stale) == Command{122_bpm});
  CHECK(controls.press(Key::slower, stale) == Command{121_bpm});
  CHECK(controls.press(Key::togglePlay, stale) == Command{Switch::play});
  CHECK(controls.press(Key::togglePlay, stale) == Command{Switch::stop});
}

TEST_CASE("After a moment the session's word counts again")
{
  Controls controls;
  CHECK(controls.press(Key::faster, snapshotOf(120, kStart)) == Command{121_bpm});
  CHECK(controls.press(Key::faster, snapshotOf(90, kStart + 1s)) == Command{91_bpm});
}

TEST_CASE("Leaving is no command to the engine")
{
  CHECK_FALSE(Controls{}.press(Key::quit, snapshotOf(120)));
}

} // namespace tutti::app
