#include <Catch.hpp>
#include <Dice.hpp>
#include <tutti/linkaudio/SessionGrid.hpp>

using namespace tutti;
using namespace tutti::linkaudio;

namespace {

struct Row {
  double bpm, beatOrigin;
  std::int64_t timeOrigin;
  double quantum, local;
  std::int64_t wire; // µ-beats
};

} // namespace

TEST_CASE("What a program counts locally is the session's beat on the wire, whatever its quantum")
{
  // link-audio 6.2
  for (const auto& row :
       {Row{120, 5.5678, 12'558'940, 4, 234.567, 230'567'000},
        Row{120, 5.5678, 12'558'940, 1, 234.567, 228'567'000},
        Row{120, 5.5678, 12'558'940, 0, 234.567, 228'999'200}, Row{60, -9.5, 2'000'000, 3, 1, 10'000'000},
        Row{60, -9.5, 2'000'000, 4, 1, 9'000'000}, Row{120, 1, 0, 2, 7, 7'000'000},
        Row{120, 2, 0, 4, 7, 7'000'000}, Row{120, 3, 0, 2, 7, 5'000'000}, Row{120, -2, 0, 4, 7, 11'000'000},
        Row{133, 1000.25, -77'777'777, 8, 12.5, -987'500'000}}) {
    CAPTURE(row.bpm, row.beatOrigin, row.quantum);
    const time::HostTimeline timeline{time::Tempo::fromBpm(row.bpm), time::Beats::fromDouble(row.beatOrigin),
                                      hostTime(row.timeOrigin)};
    const auto at =
      time::timeAtBeat(timeline, time::Beats::fromDouble(row.local), time::Beats::fromDouble(row.quantum));
    const SessionGrid grid{{}, timeline};
    CHECK(std::abs(grid.beatAt(at).microBeats() - row.wire) <= 2); // times are whole microseconds
  }
}

TEST_CASE("A moment and its session beat lead to each other")
{
  test::Dice dice{7};
  for (int i = 0; i < 2000; ++i) {
    const SessionGrid grid{{},
                           {time::Tempo::fromBpm(dice.real(20, 999)),
                            time::Beats::fromDouble(dice.real(-1e4, 1e4)),
                            hostTime(dice.whole(-1e12, 1e12))}};
    const auto at = hostTime(dice.whole(-1'000'000'000'000, 1'000'000'000'000));
    CAPTURE(grid.timeline.tempo.bpm(), microsOf(at));
    CHECK(std::abs(microsOf(grid.timeAt(grid.beatAt(at))) - microsOf(at)) <= 2);
  }
}

TEST_CASE("A tempo that changes now leaves the session beat of now where it is")
{
  link::SessionState state{{{time::Tempo::fromBpm(60), {}, hostTime(1'000'000)}, {}, {}},
                           link::SessionState::Company::alone};
  const auto now = hostTime(9'400'000);
  const auto before = SessionGrid::of(state).beatAt(now);
  state.setTempo(time::Tempo::fromBpm(180), now);
  CHECK(std::abs((SessionGrid::of(state).beatAt(now) - before).microBeats()) <= 3);
  CHECK(SessionGrid::of(state).beatAt(now + Micros{1'000'000}).toDouble() ==
        Approx(before.toDouble() + 3).margin(1e-5));
}
