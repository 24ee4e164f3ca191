// The cases A to I of spec link 10.5, with the letters used there.
#include <Catch.hpp>
#include <Dice.hpp>
#include <SessionMapping.hpp>

using namespace tutti;
using namespace tutti::link;
using namespace tutti::time::literals;
using time::Beats;
using time::HostTimeline;
using time::SessionTimeline;
using time::SessionTransform;
using time::Tempo;

namespace {

constexpr SessionTransform kTransform{1.0, Micros{-1'000'000}};

constexpr Beats beats(std::int64_t microBeats)
{
  return Beats::fromMicroBeats(microBeats);
}
constexpr HostTimeline client(double bpm, std::int64_t beat, std::int64_t moment)
{
  return {Tempo::fromBpm(bpm), beats(beat), hostTime(moment)};
}
constexpr SessionTimeline session(double bpm, std::int64_t beat, std::int64_t moment)
{
  return {Tempo::fromBpm(bpm), beats(beat), sessionTime(moment)};
}
constexpr HostTimeline toClient(const HostTimeline& own, const SessionTimeline& shared, std::int64_t now)
{
  return link::toClient(own, shared, hostTime(now), kTransform);
}
constexpr SessionTimeline toSession(const SessionTimeline& shared, const HostTimeline& own, std::int64_t at)
{
  return link::toSession(shared, own, hostTime(at), kTransform);
}
/// What SessionState::setTempo does.
constexpr HostTimeline withTempo(HostTimeline timeline, double bpm, std::int64_t at)
{
  const HostTimeline changed{Tempo::fromBpm(bpm), timeline.toBeats(hostTime(at)), hostTime(at)};
  return {changed.tempo, timeline.beatOrigin, changed.fromBeats(timeline.beatOrigin)};
}

constexpr auto kStart = client(60, -1'000'000, -1);
constexpr auto kSimple = session(60, -1'000'000, -1);

} // namespace

TEST_CASE("A: joining takes the session's tempo and the place of its first beat")
{
  CHECK(toClient(kStart, session(90, -1'000'000, -1'000'001), -1) == client(90, 0, 666'666));
}

TEST_CASE("B: the count at the moment of joining goes on, at the session's tempo")
{
  const auto joined = toClient(kStart, session(120, 12'320'000, -123'456'789), 4'999'999);
  CHECK(joined == client(120, -263'233'576, -128'616'789));
  CHECK(joined.toBeats(hostTime(4'999'999)) == beats(4'000'000));
  CHECK(joined.toBeats(hostTime(5'999'999)) == beats(6'000'000));
}

TEST_CASE("C: mapped again later, nothing moves")
{
  constexpr auto shared = session(120, -11'000'000, -12'356'789);
  const auto first = toClient(kStart, shared, 4'999'999);
  CHECK(first == client(120, -17'713'576, -5'856'789));
  CHECK(toClient(first, shared, 4'999'999 + 6'849'353) == first);
}

TEST_CASE("D: a session whose first beat is far away")
{
  constexpr auto shared = session(21.3, -421'300'000, 15'003'240);
  CHECK(toClient(kStart, shared, -1'345'298) == client(21.3, 425'113'435, 1'202'763'631));
  CHECK(shared.fromBeats(Beats{}) == sessionTime(1'201'763'631));
}

TEST_CASE("E: a shift by a beat forward reaches the session")
{
  const auto mapped = toClient(client(60, 111'000'000, 999'999), kSimple, -1);
  CHECK(mapped == client(60, 112'000'000, 1'999'999));
  const auto shifted = time::shifted(mapped, 1_beats);
  CHECK(shifted.timeOrigin == hostTime(999'999));
  const auto changed = toSession(kSimple, shifted, 999'999);
  CHECK(changed == session(60, -999'999, -1'000'000));
  CHECK(changed.toBeats(sessionTime(-1)) == Beats{});
}

TEST_CASE("F: a shift by a beat backward reaches the session")
{
  const auto mapped = toClient(client(60, 983'000'000, 999'999), kSimple, -1);
  CHECK(mapped == client(60, 984'000'000, 1'999'999));
  const auto shifted = time::shifted(mapped, -1_beats);
  CHECK(shifted == client(60, 984'000'000, 2'999'999));
  const auto changed = toSession(kSimple, shifted, 999'999);
  CHECK(changed == session(60, -999'999, 1'000'000));
  CHECK(changed.toBeats(sessionTime(-1)) == beats(-2'000'000));
}

TEST_CASE("G: there and back without a change leaves the session as it is")
{
  const auto mapped = toClient(client(213.5, 432'000'000, 5'143'503), kSimple, -1);
  CHECK(mapped == client(60, 415'697'669, 1'999'999));
  for (const std::int64_t at : {-1'000'000'000LL, -1LL, 0LL, 999'999LL, 77'777'777'777LL})
    CHECK(toSession(kSimple, mapped, at) == kSimple);
}

TEST_CASE("H: a change of tempo is published at its moment, and comes back unchanged")
{
  const auto faster = withTempo(client(60, 415'697'669, 1'999'999), 90, 10'000'000);
  CHECK(faster == client(90, 415'697'669, 4'666'663));
  const auto changed = toSession(kSimple, faster, 10'000'000);
  CHECK(changed == session(90, 8'000'001, 9'000'000));
  const auto back = toClient(faster, changed, 10'000'000);
  CHECK(back == faster);
  CHECK(toSession(changed, back, 10'000'000) == changed);
}

TEST_CASE("H': a change made before the last one still lies above it")
{
  const auto faster = withTempo(client(90, 415'697'669, 4'666'663), 91, 9'000'000);
  const auto changed = toSession(session(90, 8'000'001, 9'000'000), faster, 9'000'000);
  CHECK(changed == session(91, 8'000'002, 8'989'011));
}

TEST_CASE("I: a shift by a part of a beat")
{
  const auto shifted = time::shifted(kStart, 1.1_beats);
  CHECK(shifted.timeOrigin == hostTime(-1'100'001));
  CHECK(shifted.toBeats(hostTime(-1)) == beats(100'000));
}

TEST_CASE("Whatever a client changes, its origin lies above the session's")
{
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    test::Dice dice{seed};
    const auto anyBeat = [&] { return dice.whole(-1'000'000'000, 1'000'000'000); };
    const auto anyTime = [&] { return dice.whole(-3'600'000'000, 3'600'000'000); };
    const auto shared = session(dice.real(20, 999), anyBeat(), anyTime());
    const auto own = client(dice.real(20, 999), anyBeat(), anyTime());
    CAPTURE(seed);
    CHECK(toSession(shared, own, anyTime()).beatOrigin > shared.beatOrigin);
  }
}

TEST_CASE("Joining keeps the count and takes the phase, for all tempi and times")
{
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    test::Dice dice{seed};
    const auto anyBeat = [&] { return dice.whole(-1'000'000'000, 1'000'000'000); };
    const auto anyTime = [&] { return dice.whole(-600'000'000, 600'000'000); };
    const auto shared = session(dice.real(20, 999), anyBeat(), anyTime());
    const auto own = client(dice.real(20, 999), anyBeat(), anyTime());
    const auto now = anyTime();
    const auto joined = toClient(own, shared, now);
    CAPTURE(seed);
    const auto slip = joined.toBeats(hostTime(now)) - own.toBeats(hostTime(now));
    CHECK(std::abs(slip.microBeats()) <= 10);
    CHECK(kTransform.toSession(joined.timeOrigin) == shared.fromBeats(Beats{}));
  }
}

TEST_CASE("The farthest origins that the wire may bring do not overflow")
{
  constexpr std::int64_t kFarthest = std::int64_t{1} << 53U;
  for (const auto beat : {kFarthest, -kFarthest})
    for (const auto moment : {kFarthest, -kFarthest})
      for (const double bpm : {20.0, 999.0}) {
        const auto shared = session(bpm, beat, moment);
        const auto own = toClient(kStart, shared, 5'000'000);
        CHECK(toSession(shared, time::shifted(own, 1_beats), 5'000'000).beatOrigin > shared.beatOrigin);
      }
}
