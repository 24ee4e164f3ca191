// The vectors of spec link 10.6, every line of the section: `SessionState` asked for beats at times.
#include <Catch.hpp>
#include <MathVectors.hpp>
#include <tutti/link/SessionState.hpp>

using namespace tutti;
using namespace tutti::time::literals;
using link::SessionState;
using time::Beats;
using time::HostTimeline;
using time::Tempo;
using Company = SessionState::Company;

namespace {

constexpr auto kBar = 4_beats;

SessionState started(Company company)
{
  return SessionState{{{120_bpm, 1_beats, hostTime(0)}, NodeId{}, {}}, company};
}

/// Where the vectors called force and bump begin, and what they ask for.
HostTimeline distant(double bpm)
{
  return {Tempo::fromBpm(bpm), 12345678_beats, hostTime(1'234'567)};
}
constexpr auto kForcedAt = hostTime(23'456'789);

SessionState forced(const HostTimeline& timeline)
{
  SessionState state{{timeline, NodeId{}, {}}, Company::withPeers};
  state.forceBeatAtTime(0_beats, kForcedAt, kBar);
  return state;
}

/// What forcing does before it looks at the result: the letters of spec link 6.1.
HostTimeline forcedOnce(HostTimeline timeline, Beats beat, HostTime at, Beats quantum)
{
  const auto now = time::beatAtTime(timeline, at, quantum);
  const auto inPhase = time::closestWithPhaseOf(beat, now, quantum);
  timeline = shifted(timeline, inPhase - now);
  timeline.beatOrigin = timeline.beatOrigin + (beat - inPhase);
  return timeline;
}

void checkOrigins(const SessionState& state, double beatOrigin, double timeOrigin)
{
  CHECK(state.current().timeline.beatOrigin.microBeats() == test::whole(beatOrigin));
  CHECK(microsOf(state.current().timeline.timeOrigin) == test::whole(timeOrigin));
}

void checkRequest(const std::vector<double>& vector)
{
  auto state = started(vector[0] == 0 ? Company::alone : Company::withPeers);
  const auto beat = Beats::fromDouble(vector[1]);
  const auto at = hostTime(test::whole(vector[2]));
  const auto quantum = Beats::fromDouble(vector[3]);
  state.requestBeatAtTime(beat, at, quantum);
  checkOrigins(state, vector[4], vector[5]);
  CHECK(state.beatAtTime(at, quantum).toDouble() == vector[6]);
  CHECK(state.phaseAtTime(at, quantum).toDouble() == vector[7]);
  CHECK(microsOf(state.timeAtBeat(beat, quantum)) == test::whole(vector[8]));
}

void checkForce(const std::vector<double>& vector)
{
  const auto state = forced(distant(vector[0]));
  checkOrigins(state, vector[1], vector[2]);
  CHECK(state.beatAtTime(kForcedAt, kBar).toDouble() == vector[3]);
}

void checkBump(const std::vector<double>& vector)
{
  const auto first = forcedOnce(distant(vector[0]), 0_beats, kForcedAt, kBar);
  CHECK(first.beatOrigin.microBeats() == test::whole(vector[1]));
  CHECK(microsOf(first.timeOrigin) == test::whole(vector[2]));
  CHECK(time::beatAtTime(first, kForcedAt, kBar).microBeats() == test::whole(vector[3]));
  const auto state = forced(distant(vector[0]));
  checkOrigins(state, vector[4], vector[5]);
  CHECK(state.beatAtTime(kForcedAt, kBar).toDouble() == vector[6]);
}

bool isRequestForceOrBump(const std::string& line)
{
  if (const auto request = test::numbers(
        "conn=# beat=# time=# q=# -> beatOrigin=# timeOrigin=# beatAtTime=# phase=# timeAtBeat=#", line))
    checkRequest(*request);
  else if (const auto force = test::numbers("force bpm=# beatOrigin=# timeOrigin=# beatAt=#", line))
    checkForce(*force);
  else if (const auto bump = test::numbers("bump bpm=# first=(#,#) beat=# final=(#,#) beat=#", line))
    checkBump(*bump);
  else
    return false;
  return true;
}

/// The lines that stand for themselves, from the remark about bumps on.
std::vector<std::string> tailOf(const std::vector<std::string>& lines)
{
  std::vector<std::string> tail;
  for (const auto& line : lines) {
    if (!tail.empty() || line.starts_with("bumped")) tail.push_back(line);
  }
  return tail;
}

std::vector<double> readFrom(std::string_view pattern, const std::string& line)
{
  CAPTURE(line);
  const auto vector = test::numbers(pattern, line);
  REQUIRE(vector);
  return *vector;
}

const auto kSection = "request/force";

} // namespace

TEST_CASE("Requests and forces end where the vectors say")
{
  const auto lines = test::mathVectors(kSection);
  std::size_t understood = 0;
  for (const auto& line : lines) {
    CAPTURE(line);
    if (isRequestForceOrBump(line)) ++understood;
  }
  CHECK(understood == 12 + 5 + 3);
  CHECK(understood + tailOf(lines).size() == lines.size());
}

TEST_CASE("A forced beat is never late, at any tempo; rounding is mended where the vectors say")
{
  const auto vector = readFrom("bumped # of #", tailOf(test::mathVectors(kSection))[0]);
  int bumped = 0;
  int tempi = 0;
  for (double bpm = 20; bpm < 999; bpm += 0.8) {
    const auto first = forcedOnce(distant(bpm), 0_beats, kForcedAt, kBar);
    if (time::beatAtTime(first, kForcedAt, kBar) > 0_beats) ++bumped;
    ++tempi;
    CAPTURE(bpm);
    REQUIRE(forced(distant(bpm)).beatAtTime(kForcedAt, kBar) <= 0_beats);
  }
  CHECK(bumped == vector[0]);
  CHECK(tempi == vector[1]);
}

TEST_CASE("A new tempo turns the timeline as the vectors say")
{
  const auto tail = tailOf(test::mathVectors(kSection));
  REQUIRE(tail.size() == 8);
  const auto turned = readFrom("setTempo(90,1.3s) bpm=# uspb=# beatOrigin=# timeOrigin=#", tail[1]);
  const auto beats = readFrom(" beat@1.3s=# beat@2.3s=#", tail[2]);
  auto state = started(Company::alone);
  state.setTempo(90_bpm, hostTime(1'300'000));
  CHECK(state.tempo().bpm() == turned[0]);
  CHECK(state.tempo().microsPerBeat() == test::whole(turned[1]));
  checkOrigins(state, turned[2], turned[3]);
  CHECK(state.beatAtTime(hostTime(1'300'000), kBar).toDouble() == beats[0]);
  CHECK(state.beatAtTime(hostTime(2'300'000), kBar).toDouble() == beats[1]);

  state.setTempo(5_bpm, hostTime(0));
  CHECK(state.tempo().bpm() == readFrom("#", tail[3])[0]);
  state.setTempo(5000_bpm, hostTime(0));
  CHECK(state.tempo().bpm() == readFrom("#", tail[4])[0]);
}

TEST_CASE("A start with a request counts as the vectors say, a stop does not count")
{
  const auto tail = tailOf(test::mathVectors(kSection));
  const auto origins = readFrom("setIsPlayingAndReq bpm=# uspb=# beatOrigin=# timeOrigin=#", tail[5]);
  const auto answers = readFrom(" timeFor=# beat=# beatAt0time=#", tail[6]);
  const auto at = hostTime(1'300'000);
  auto state = started(Company::withPeers);
  state.startPlayingAndRequestBeat(at, 0_beats, kBar);
  checkOrigins(state, origins[2], origins[3]);
  CHECK(microsOf(state.timeForIsPlaying()) == test::whole(answers[0]));
  CHECK(state.beatAtTime(at, kBar).toDouble() == answers[1]);
  CHECK(microsOf(state.timeAtBeat(0_beats, kBar)) == test::whole(answers[2]));

  const auto unchanged = readFrom("stopped: unchanged bpm=# uspb=# beatOrigin=# timeOrigin=#", tail[7]);
  auto stopped = started(Company::withPeers);
  stopped.stopPlaying(at);
  stopped.requestBeatAtStartPlayingTime(0_beats, kBar);
  checkOrigins(stopped, unchanged[2], unchanged[3]);
  CHECK_FALSE(stopped.changesTimeline());
}
