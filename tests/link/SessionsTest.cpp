#include <Catch.hpp>
#include <Sessions.hpp>

using namespace tutti;
using namespace tutti::link;
using namespace tutti::time::literals;
using namespace std::chrono_literals;
using time::Beats;
using time::HostTimeline;
using time::SessionTimeline;
using time::Tempo;

namespace {

NodeId named(std::string_view name)
{
  return NodeId::fromBytes(std::as_bytes(std::span{name}));
}

const auto kOurs = named("m-ours");
const auto kLower = named("a-lower");
const auto kHigher = named("z-higher");

constexpr auto kStart = HostTime{} + 1h;
constexpr auto kNow = kStart + 10s;
constexpr Micros kOurIntercept = -1h;
constexpr Micros kThreshold = 500ms;

SessionTimeline timeline(double bpm, Beats beat, SessionTime moment = {})
{
  return {Tempo::fromBpm(bpm), beat, moment};
}
Estimate measured(Micros intercept)
{
  return {intercept, 5us, 400us, 51};
}
/// As a peer hears it: tempi travel as whole microseconds per beat.
SessionTimeline heard(SessionTimeline said)
{
  said.tempo = Tempo::fromMicrosPerBeat(said.tempo.microsPerBeat());
  return said;
}

Sessions alone(double bpm = 120)
{
  return {Tempo::fromBpm(bpm), kOurs, kStart};
}

/// Knows one other session, whose clock is ahead of ours by `ahead`.
bool goesOver(const NodeId& other, Micros ahead)
{
  auto sessions = alone();
  REQUIRE(sessions.sawTimeline(other, timeline(100, 7_beats), kNow));
  const bool went = sessions.compare(other, measured(kOurIntercept + ahead), kNow);
  CHECK(sessions.current() == (went ? other : kOurs));
  return went;
}

Sessions joined(double bpm = 100)
{
  auto sessions = alone();
  sessions.sawTimeline(kLower, timeline(bpm, 7_beats, SessionTime{3s}), kNow);
  REQUIRE(sessions.compare(kLower, measured(kOurIntercept + 20s), kNow));
  return sessions;
}

HostTimeline faster(const Sessions& sessions, double bpm, HostTime at)
{
  SessionState state{sessions.client(), SessionState::Company::withPeers};
  state.setTempo(Tempo::fromBpm(bpm), at);
  return state.current().timeline;
}

Beats distance(Beats a, Beats b)
{
  return a > b ? a - b : b - a;
}

} // namespace

TEST_CASE("A node begins alone, in its own session, at time and beat zero")
{
  const auto sessions = alone(130);
  CHECK(sessions.current() == kOurs);
  CHECK(sessions.timeline() == timeline(130, {}));
  CHECK(sessions.startStop() == SessionStartStop{});
  CHECK(sessions.transform().toSession(kStart) == SessionTime{});
  CHECK(sessions.client().timeline == HostTimeline{130_bpm, {}, kStart});
  CHECK(sessions.client().session == kOurs);
  CHECK(sessions.client().startStop == StartStop{false, kStart, kStart});
  CHECK_FALSE(sessions.followsStartStop());
}

TEST_CASE("It begins within the tempi that Link plays")
{
  CHECK(alone(1).timeline().tempo == 20_bpm);
  CHECK(alone(100'000).timeline().tempo == 999_bpm);
}

TEST_CASE("In the own session a timeline is adopted only if its beat origin is greater")
{
  auto sessions = alone();
  CHECK_FALSE(sessions.sawTimeline(kOurs, timeline(100, 8_beats), kNow));
  CHECK(sessions.timeline() == timeline(100, 8_beats));
  sessions.sawTimeline(kOurs, timeline(90, 8_beats), kNow);
  CHECK(sessions.timeline() == timeline(100, 8_beats));
  sessions.sawTimeline(kOurs, timeline(90, 7.999999_beats), kNow);
  CHECK(sessions.timeline() == timeline(100, 8_beats));
  sessions.sawTimeline(kOurs, timeline(90, 8.000001_beats), kNow);
  CHECK(sessions.timeline() == timeline(90, 8.000001_beats));
}

TEST_CASE("What a peer says of the tempo is clamped to what Link plays")
{
  auto sessions = alone();
  sessions.sawTimeline(kOurs, {Tempo::fromMicrosPerBeat(60'000), 1_beats, {}}, kNow);
  CHECK(sessions.timeline().tempo == 999_bpm);
  CHECK(sessions.client().timeline.tempo == 999_bpm);
  sessions.sawTimeline(kOurs, {Tempo::fromMicrosPerBeat(1'000'000'000), 2_beats, {}}, kNow);
  CHECK(sessions.timeline().tempo == 20_bpm);
}

TEST_CASE("An unknown session is to be measured, a measured one is not")
{
  auto sessions = alone();
  CHECK(sessions.sawTimeline(kHigher, timeline(100, 7_beats), kNow));
  CHECK_FALSE(sessions.compare(kHigher, measured(kOurIntercept), kNow));
  CHECK_FALSE(sessions.sawTimeline(kHigher, timeline(101, 9_beats), kNow));
  CHECK(sessions.knows(kHigher));
  sessions.forget(kHigher);
  CHECK_FALSE(sessions.knows(kHigher));
  CHECK(sessions.sawTimeline(kHigher, timeline(101, 9_beats), kNow));
}

TEST_CASE("While a session is measured, its best timeline is kept")
{
  auto sessions = alone();
  sessions.sawTimeline(kLower, timeline(100, 7_beats), kNow);
  sessions.sawTimeline(kLower, timeline(110, 9_beats), kNow);
  sessions.sawTimeline(kLower, timeline(120, 8_beats), kNow);
  REQUIRE(sessions.compare(kLower, measured(kOurIntercept + 1h), kNow));
  CHECK(sessions.timeline() == timeline(110, 9_beats));
}

TEST_CASE("The older session wins, of two equally old ones the lower id")
{
  CHECK(goesOver(kHigher, kThreshold + 1us));
  CHECK(goesOver(kLower, kThreshold + 1us));
  CHECK(goesOver(kLower, kThreshold - 1us));
  CHECK(goesOver(kLower, 0us));
  CHECK(goesOver(kLower, -kThreshold + 1us));
  CHECK_FALSE(goesOver(kHigher, kThreshold - 1us));
  CHECK_FALSE(goesOver(kHigher, 0us));
  CHECK_FALSE(goesOver(kHigher, -kThreshold + 1us));
  CHECK_FALSE(goesOver(kLower, -kThreshold - 1us));
  CHECK_FALSE(goesOver(kHigher, -kThreshold - 1us));
}

TEST_CASE("A session exactly half a second older or younger wins nobody over")
{
  for (const auto& other : {kLower, kHigher}) {
    CHECK_FALSE(goesOver(other, kThreshold));
    CHECK_FALSE(goesOver(other, -kThreshold));
  }
}

TEST_CASE("A measurement of a session that is not known decides nothing")
{
  auto sessions = alone();
  CHECK_FALSE(sessions.compare(kLower, measured(kOurIntercept + 1h), kNow));
  CHECK(sessions.current() == kOurs);
}

TEST_CASE("Who goes over takes tempo and phase of the session, and keeps the own count")
{
  auto sessions = alone(120);
  sessions.sawTimeline(kLower, timeline(100, 7_beats, SessionTime{3s}), kNow);
  const auto before = sessions.client().timeline.toBeats(kNow);
  REQUIRE(sessions.compare(kLower, measured(kOurIntercept + 20s), kNow));

  CHECK(sessions.client().session == kLower);
  CHECK(sessions.client().timeline.tempo == 100_bpm);
  CHECK(sessions.transform().intercept == kOurIntercept + 20s);
  const auto sessionBeat = sessions.timeline().toBeats(sessions.transform().toSession(kNow));
  for (const auto quantum : {1_beats, 3_beats, 4_beats}) {
    const SessionState state{sessions.client(), SessionState::Company::withPeers};
    CHECK(distance(state.beatAtTime(kNow, quantum), before) <= Beats::fromDouble(quantum.toDouble() / 2));
    const auto off = time::phase(state.phaseAtTime(kNow, quantum) - sessionBeat + quantum, quantum);
    CHECK((off <= 0.000005_beats || off >= quantum - 0.000005_beats));
  }
}

TEST_CASE("The session that was left stays known with its clock, and is not measured again")
{
  auto sessions = joined();
  CHECK(sessions.knows(kOurs));
  CHECK_FALSE(sessions.sawTimeline(kOurs, timeline(120, 1000_beats), kNow));
  CHECK(sessions.current() == kLower);
}

TEST_CASE("Who goes over forgets the session's start and stop, and plays on as before")
{
  auto sessions = alone();
  sessions.setFollowsStartStop(true);
  REQUIRE(sessions.commitStartStop({true, kNow, kNow}));
  sessions.sawTimeline(kLower, timeline(100, 7_beats), kNow);
  REQUIRE(sessions.compare(kLower, measured(kOurIntercept + 20s), kNow + 1s));
  CHECK(sessions.startStop() == SessionStartStop{});
  CHECK(sessions.client().startStop == StartStop{true, kNow, kNow});
}

TEST_CASE("A peer's start is taken over with the session's time, by who follows")
{
  auto sessions = joined();
  sessions.setFollowsStartStop(true);
  const auto at = sessions.transform().toSession(kNow + 1s);
  const SessionStartStop start{true, sessions.timeline().toBeats(at), at};
  CHECK(sessions.sawStartStop(kLower, start));
  CHECK(sessions.startStop() == start);
  const auto& own = sessions.client().startStop;
  CHECK(own.isPlaying);
  CHECK(std::abs((own.time - (kNow + 1s)).count()) <= 1);
  CHECK(own.decidedAt == kNow + 1s);
}

TEST_CASE("A peer's start is passed on but not obeyed by who does not follow")
{
  auto sessions = joined();
  const SessionStartStop start{true, 40_beats, sessions.transform().toSession(kNow + 1s)};
  CHECK(sessions.sawStartStop(kLower, start));
  CHECK(sessions.startStop() == start);
  CHECK_FALSE(sessions.client().startStop.isPlaying);
}

TEST_CASE("Starts of other sessions, and old ones, are no news")
{
  auto sessions = joined();
  sessions.setFollowsStartStop(true);
  const SessionStartStop start{true, 40_beats, sessions.transform().toSession(kNow + 1s)};
  CHECK_FALSE(sessions.sawStartStop(kHigher, start));
  CHECK_FALSE(sessions.sawStartStop(kOurs, start));
  CHECK_FALSE(sessions.client().startStop.isPlaying);

  REQUIRE(sessions.sawStartStop(kLower, start));
  auto stop = start;
  stop.isPlaying = false;
  CHECK_FALSE(sessions.sawStartStop(kLower, stop));
  stop.timestamp -= 1us;
  CHECK_FALSE(sessions.sawStartStop(kLower, stop));
  CHECK(sessions.client().startStop.isPlaying);
  stop.timestamp += 2us;
  CHECK(sessions.sawStartStop(kLower, stop));
  CHECK_FALSE(sessions.client().startStop.isPlaying);
}

TEST_CASE("Beginning to follow changes nothing by itself")
{
  auto sessions = joined();
  REQUIRE(sessions.sawStartStop(kLower, {true, 40_beats, sessions.transform().toSession(kNow + 1s)}));
  sessions.setFollowsStartStop(true);
  CHECK_FALSE(sessions.client().startStop.isPlaying);
  sessions.sawTimeline(kLower, timeline(140, 50_beats), kNow + 2s);
  CHECK_FALSE(sessions.client().startStop.isPlaying);
}

TEST_CASE("When the timing changes, the moment of the start moves with its beat")
{
  auto sessions = joined();
  sessions.setFollowsStartStop(true);
  REQUIRE(sessions.sawStartStop(kLower, {true, 100_beats, sessions.transform().toSession(kNow)}));
  sessions.sawTimeline(kLower, timeline(50, 50_beats, sessions.transform().toSession(kNow)), kNow);
  const auto expected = sessions.transform().toHost(sessions.timeline().fromBeats(100_beats));
  CHECK(sessions.client().startStop.time == expected);
  CHECK(expected == kNow + 60s);
}

TEST_CASE("A change of our own is published at its moment, above the session's origin")
{
  auto sessions = joined(100);
  const auto change = faster(sessions, 140, kNow + 2s);
  const auto before = sessions.timeline();
  sessions.commitTimeline(change, kNow + 2s, kNow + 2s);
  CHECK(sessions.timeline().tempo == 140_bpm);
  CHECK(sessions.timeline().beatOrigin > before.beatOrigin);
  const auto at = sessions.transform().toSession(kNow + 2s);
  CHECK(distance(sessions.timeline().beatOrigin, before.toBeats(at)) <= 0.000002_beats);
  CHECK(distance(sessions.timeline().toBeats(at), before.toBeats(at)) <= 0.00001_beats);
  CHECK(sessions.client().timeline.tempo == 140_bpm);
}

TEST_CASE("A commit that says what the session says already leaves it alone")
{
  auto sessions = joined(100);
  const auto before = sessions.timeline();
  SessionState state{sessions.client(), SessionState::Company::withPeers};
  state.requestBeatAtTime(0_beats, kNow + 1s, 4_beats);
  REQUIRE(state.changesTimeline());
  sessions.commitTimeline(state.current().timeline, kNow + 1s, kNow + 1s);
  CHECK(sessions.timeline() == before);
  CHECK(sessions.client().timeline == state.current().timeline);
}

TEST_CASE("Of two changes at the same time the later one wins at both ends")
{
  auto first = joined(100);
  auto second = joined(100);
  first.commitTimeline(faster(first, 110, kNow + 1s), kNow + 1s, kNow + 1s);
  second.commitTimeline(faster(second, 130, kNow + 1001ms), kNow + 1001ms, kNow + 1001ms);

  const auto ofFirst = heard(first.timeline());
  const auto ofSecond = heard(second.timeline());
  first.sawTimeline(kLower, ofSecond, kNow + 1010ms);
  second.sawTimeline(kLower, ofFirst, kNow + 1010ms);

  CHECK(first.timeline() == ofSecond);
  CHECK(heard(second.timeline()) == ofSecond);
  CHECK(first.timeline().tempo.bpm() == Approx(130).epsilon(1e-5));
}

TEST_CASE("Our own start reaches the session only if we follow")
{
  auto sessions = joined();
  CHECK_FALSE(sessions.commitStartStop({true, kNow, kNow}));
  CHECK(sessions.client().startStop.isPlaying);
  CHECK(sessions.startStop() == SessionStartStop{});

  sessions.setFollowsStartStop(true);
  CHECK(sessions.commitStartStop({false, kNow + 2s, kNow + 1s}));
  const auto& said = sessions.startStop();
  CHECK_FALSE(said.isPlaying);
  CHECK(said.timestamp == sessions.transform().toSession(kNow + 1s));
  CHECK(said.beat == sessions.timeline().toBeats(sessions.transform().toSession(kNow + 2s)));
}

TEST_CASE("A start that was decided before the one that holds comes too late")
{
  auto sessions = joined();
  sessions.setFollowsStartStop(true);
  REQUIRE(sessions.sawStartStop(kLower, {true, 40_beats, sessions.transform().toSession(kNow + 1s)}));
  const auto before = sessions.client().startStop;
  CHECK_FALSE(sessions.commitStartStop({false, kNow, kNow}));
  CHECK_FALSE(sessions.commitStartStop({false, kNow, kNow + 1s}));
  CHECK(sessions.client().startStop == before);
  CHECK(sessions.commitStartStop({false, kNow, kNow + 1s + 1us}));
}

TEST_CASE("Alone again, a new session begins now and the beats go on")
{
  auto sessions = joined(100);
  const auto later = kNow + 77s;
  const auto tempo = sessions.client().timeline.tempo;
  const auto before = sessions.client().timeline.toBeats(later);
  const auto sessionBeat = sessions.timeline().toBeats(sessions.transform().toSession(later));
  sessions.reset(kHigher, later);
  CHECK(sessions.current() == kHigher);
  CHECK(sessions.client().session == kHigher);
  CHECK(sessions.transform().toSession(later) == SessionTime{});
  CHECK(sessions.timeline() == SessionTimeline{tempo, sessionBeat, SessionTime{}});
  CHECK(distance(sessions.client().timeline.toBeats(later), before) <= 0.000002_beats);
  CHECK_FALSE(sessions.knows(kLower));
  CHECK_FALSE(sessions.knows(kOurs));
}

TEST_CASE("A reset forgets the session's start, not that our own program plays")
{
  auto sessions = alone();
  sessions.setFollowsStartStop(true);
  sessions.commitStartStop({true, kNow, kNow});
  sessions.reset(kHigher, kNow + 1s);
  CHECK(sessions.startStop() == SessionStartStop{});
  CHECK(sessions.client().startStop.isPlaying);
}

TEST_CASE("A better estimate of our session's clock is walked to, a correction is not")
{
  auto sessions = joined(100);
  const auto before = sessions.transform().intercept;
  sessions.refine(measured(before + 1ms), kNow);
  CHECK(sessions.transform().intercept == before);
  REQUIRE(sessions.nextDeadline());
  sessions.advance(*sessions.nextDeadline());
  CHECK(sessions.transform().intercept == before + 10us);
  const auto origin = sessions.transform().toHost(sessions.timeline().fromBeats(Beats{}));
  CHECK(sessions.client().timeline.timeOrigin == origin);

  sessions.refine(measured(before + 50ms), kNow + 1s);
  CHECK(sessions.transform().intercept == before + 50ms);
  CHECK(sessions.client().timeline.timeOrigin ==
        sessions.transform().toHost(sessions.timeline().fromBeats(Beats{})));
  CHECK_FALSE(sessions.nextDeadline());
}
