// Strangers who say what nobody could ever change again.
#include "Catch.hpp"
#include "Plausible.hpp"
#include "Target.hpp"

using namespace std::chrono_literals;
using tutti::test::Target;

namespace tutti::link {
namespace {

const auto kPeer = Target::name(1);
const Endpoint kFrom{Target::address(1), 4000};
constexpr auto kFar = kFarthest;

PeerState ours(const Target& target)
{
  return Target::state(target.session(), kFrom.address);
}

} // namespace

SCENARIO("A start from the far future does not freeze start and stop")
{
  Target target;
  target.node.setFollowsStartStop(true);
  auto poison = ours(target);
  poison.startStop = {true, {}, sessionTime(kFar)};
  target.hears(kPeer, poison, kFrom);
  CHECK_FALSE(target.capture().isPlaying());
  CHECK(target.refusals().implausible == 1);

  auto start = target.capture();
  start.startPlaying(target.now);
  target.playFor(100ms);
  target.commitState(start);
  target.playFor(100ms);
  const auto announced = target.announced();
  REQUIRE(announced);
  CHECK(announced->startStop.isPlaying);

  WHEN("a peer whose clock is a little ahead stops")
  {
    auto stop = ours(target);
    stop.startStop = {false, {}, target.sessionNow() + 2s};
    target.hears(kPeer, stop, kFrom);
    THEN("that is believed") CHECK_FALSE(target.capture().isPlaying());
  }
}

SCENARIO("A timeline that no one could ever overrule is not taken over")
{
  for (const auto& [beats, time] : {std::pair{kFar, kFar},
                                    {kFar, -kFar},
                                    {kFar / 2 + 1, std::int64_t{0}},
                                    {std::int64_t{1}, -kFar / 2},
                                    {std::int64_t{1}, kFar}}) {
    CAPTURE(beats, time);
    Target target;
    auto poison = ours(target);
    poison.timeline = {time::Tempo::fromBpm(333), time::Beats::fromMicroBeats(beats), sessionTime(time)};
    target.hears(kPeer, poison, kFrom);
    CHECK(target.capture().tempo().bpm() == 120.0);
    CHECK(target.node.peerCount() == 1);

    auto honest = ours(target);
    honest.timeline = {time::Tempo::fromBpm(99), time::Beats::fromMicroBeats(2'000'000), sessionTime(1)};
    target.hears(kPeer, honest, kFrom);
    CHECK(target.capture().tempo().microsPerBeat() == time::Tempo::fromBpm(99).microsPerBeat());
  }
}

SCENARIO("After the strangest timeline that we do take over, our own changes can still be read")
{
  Target target;
  auto strange = ours(target);
  strange.timeline = {time::Tempo::fromBpm(333), time::Beats::fromMicroBeats(kFar / 2), target.sessionNow()};
  target.hears(kPeer, strange, kFrom);
  REQUIRE(target.capture().tempo().bpm() == Approx(333).margin(0.01));
  for (int i = 0; i < 10; ++i) {
    target.playFor(100ms);
    auto state = target.capture();
    state.setTempo(time::Tempo::fromBpm(100 + i), target.now);
    target.commitState(state);
    target.playFor(60ms);
    const auto announced = target.announced();
    REQUIRE(announced); // it is what we read ourselves
    CHECK(announced->timeline.tempo.bpm() == Approx(100 + i).margin(0.01));
    CHECK(announced->timeline.beatOrigin > strange.timeline.beatOrigin);
  }
}

SCENARIO("A session of absurd age wins nobody over")
{
  Target target;
  const auto before = target.session();
  target.hears(kPeer, Target::state(kPeer, kFrom.address), kFrom);
  target.answers(kFrom.address, kPeer, sessionTime(kFar - 1'000'000'000));
  CHECK(target.session() == before);
}

SCENARIO("A session known by an absurd timeline is joined once somebody in it says a sane one")
{
  Target target;
  auto poison = Target::state(kPeer, kFrom.address);
  poison.timeline.beatOrigin = time::Beats::fromMicroBeats(kFar);
  target.hears(kPeer, poison, kFrom);
  target.answers(kFrom.address, kPeer, SessionTime{} + 24h);
  CHECK(target.session() != kPeer);

  const Endpoint other{Target::address(2), 4000};
  target.hears(Target::name(2), Target::state(kPeer, other.address), other);
  target.answers(kFrom.address, kPeer, SessionTime{} + 24h); // the founder is asked
  CHECK(target.session() == kPeer);
  CHECK(target.capture().tempo().bpm() == 120.0);
}

SCENARIO("What a program commits that nobody could read is not said")
{
  Target target;
  target.node.setFollowsStartStop(true);
  const auto before = target.node.sessions().timeline();
  for (const auto moment : {hostTime(INT64_MAX), hostTime(INT64_MIN), hostTime(kFar * 4)}) {
    CAPTURE(microsOf(moment));
    auto state = target.capture();
    state.setTempo(time::Tempo::fromBpm(77), moment);
    state.forceBeatAtTime(time::Beats::fromMicroBeats(INT64_MAX), moment, time::Beats::fromMicroBeats(1));
    state.startPlaying(moment);
    target.playFor(1s);
    target.commitState(state);
    target.playFor(1s);
    const auto announced = target.announced();
    REQUIRE(announced);
    CHECK(target.node.sessions().timeline() == before);
    CHECK_FALSE(announced->startStop.isPlaying);
  }
}

} // namespace tutti::link
