#include <Catch.hpp>
#include <cmath>
#include <tutti/time/TempoTrack.hpp>
#include <type_traits>

using namespace tutti;
using namespace tutti::time::literals;
using namespace std::chrono_literals;
using time::BeatGrid;
using time::Tempo;
using time::TempoTrack;

namespace {

static_assert(std::is_trivially_copyable_v<TempoTrack>, "it travels to the audio thread");

/// A session whose beats go on when its tempo changes.
struct Session {
  time::HostTimeline timeline{120_bpm, 0_beats, hostTime(0)};

  void change(double bpm, double at)
  {
    const auto moment = hostTime(static_cast<std::int64_t>(at));
    timeline = {Tempo::fromBpm(bpm), timeline.toBeats(moment), moment};
  }
  [[nodiscard]] BeatGrid grid() const { return {timeline, 4_beats, false}; }
};

constexpr double kSecond = 1e6;

} // namespace

TEST_CASE("At one tempo so many beats before is so many times its period before")
{
  TempoTrack track;
  CHECK_FALSE(track.hasBegun());
  CHECK(track.follow(Session{}.grid(), hostTime(1'000'000)));
  CHECK(track.hasBegun());
  CHECK(track.microsPerBeat() == 500'000);
  for (const double at : {-5 * kSecond, 1 * kSecond, 100 * kSecond}) {
    CAPTURE(at);
    CHECK(track.before(at, 4).at == at - 2 * kSecond);
    CHECK(track.before(at, 4).pace == 1);
  }
  CHECK_FALSE(track.follow(Session{}.grid(), hostTime(2'000'000)));
}

TEST_CASE(
  "Across a change each beat before it counts at the old tempo, also if it was noticed late, or ahead")
{
  for (const auto noticed : {9'900'000, 10'000'000, 10'050'000, 11'500'000}) {
    CAPTURE(noticed);
    Session session;
    TempoTrack track;
    session.change(80, 0);
    track.follow(session.grid(), hostTime(1'000'000));
    session.change(160, 10 * kSecond);
    REQUIRE(track.follow(session.grid(), hostTime(noticed)));
    // A beat after the change, four beats before: one at the new tempo, three at the old one
    const auto across = track.before(10 * kSecond + 375e3, 4);
    CHECK(across.at == Approx(10 * kSecond - 3 * 750e3).margin(2));
    CHECK(across.pace == 2);
    const auto since = track.before(10 * kSecond + 5 * 375e3, 4);
    CHECK(since.at == Approx(10 * kSecond + 375e3).margin(2));
    CHECK(since.pace == 1);
  }
}

TEST_CASE("Beats that were moved while the tempo changed say nothing of when: it was now")
{
  Session session;
  TempoTrack track;
  track.follow(session.grid(), hostTime(0));
  session.timeline = {60_bpm, 1000_beats, hostTime(0)};
  track.follow(session.grid(), hostTime(10'000'000));
  CHECK(track.before(12 * kSecond, 4).at == Approx(9 * kSecond).margin(1));
}

TEST_CASE("A tempo that is drawn for seconds is followed all the way")
{
  Session session;
  TempoTrack track;
  session.change(60, 0);
  track.follow(session.grid(), hostTime(0));
  double at = kSecond;
  for (double bpm = 60; bpm < 180; bpm += 0.5, at += 30e3) { // 7.2 s
    session.change(bpm, at);
    track.follow(session.grid(), hostTime(static_cast<std::int64_t>(at + 20e3)));
  }
  const auto then = hostTime(static_cast<std::int64_t>(track.before(at, 14).at));
  CHECK(at - static_cast<double>(microsOf(then)) < 8 * kSecond);

  Session again;
  again.change(60, 0);
  double beatsThen = 0;
  double when = kSecond;
  for (double bpm = 60; bpm < 180; bpm += 0.5, when += 30e3) {
    again.change(bpm, when);
    if (hostTime(static_cast<std::int64_t>(when)) <= then)
      beatsThen = again.timeline.toBeats(then).toDouble();
  }
  const double beatsNow = again.timeline.toBeats(hostTime(static_cast<std::int64_t>(at))).toDouble();
  CHECK(beatsNow - beatsThen == Approx(14).margin(0.01));
}

TEST_CASE("However often the tempo changes, there is room, and time goes on")
{
  Session session;
  TempoTrack track;
  double lastMoment = -1e18;
  for (int i = 0; i < 2000; ++i) {
    const double at = i * 10e3;
    session.change(i % 2 == 0 ? 60 : 200, at);
    track.follow(session.grid(), hostTime(static_cast<std::int64_t>(at)));
    const auto moment = track.before(at, 8);
    REQUIRE(std::isfinite(moment.at));
    REQUIRE(moment.at < at);
    REQUIRE(moment.pace > 0);
    REQUIRE(moment.at > lastMoment - 10e3); // averaging may move it, by no more than that
    lastMoment = moment.at;
  }
}
