#include "Catch.hpp"

#include <cmath>
#include <cstdlib>

#include <Agreement.hpp>

using namespace std::chrono_literals;

namespace tutti::bridge {
namespace {

constexpr auto kNow = sessionTime(60'000'000);

time::SessionTimeline line(double bpm, double beat, std::int64_t micros)
{
  return {time::Tempo::fromBpm(bpm), time::Beats::fromDouble(beat), sessionTime(micros)};
}

link::SessionStartStop decision(bool isPlaying, std::int64_t micros)
{
  return {isPlaying, time::Beats::fromDouble(3), sessionTime(micros)};
}

constexpr Rights kAll{};
constexpr Rights kNone{false, false};

Agreement begun()
{
  Agreement agreement;
  agreement.begin(line(120, 10, 5'000'000), decision(false, 1'000'000));
  return agreement;
}

} // namespace

SCENARIO("B-12 of two sites the later beat origin counts, and the newer decision, with all their numbers")
{
  auto agreement = begun();
  const auto later = line(133, 11, 5'123'457);
  agreement.hearThere(later, decision(true, 2'000'000), kAll, kNow);
  CHECK(agreement.timeline() == later);
  CHECK(agreement.startStop() == decision(true, 2'000'000));
  agreement.hearThere(line(90, 10.5, 5'000'000), decision(false, 1'500'000), kAll, kNow);
  CHECK(agreement.timeline() == later);
  CHECK(agreement.startStop() == decision(true, 2'000'000));

  const auto offer = agreement.tellHere(line(120, 10, 5'000'000), decision(false, 1'000'000), kNow);
  REQUIRE(offer);
  CHECK(offer->timeline == later);
  CHECK(offer->startStop == decision(true, 2'000'000));
  CHECK_FALSE(agreement.tellHere(offer->timeline, offer->startStop, kNow));
}

SCENARIO("B-12 equal origins of different lines: all sites choose the same")
{
  const auto one = line(120, 20, 6'000'000);
  const auto other = line(121, 20, 6'000'010);
  auto here = begun();
  here.hearThere(one, {}, kAll, kNow);
  here.hearThere(other, {}, kAll, kNow);
  auto there = begun();
  there.hearThere(other, {}, kAll, kNow);
  there.hearThere(one, {}, kAll, kNow);
  CHECK(here.timeline() == there.timeline());
}

SCENARIO("B-13 what nobody could change again is believed of no site")
{
  auto agreement = begun();
  const auto beatNow = agreement.timeline().toBeats(kNow + 2s).toDouble();
  CHECK(agreement.hearThere(line(120, beatNow + 0.1, 0), {}, kAll, kNow).poison);
  CHECK(agreement.hearHere(line(120, 1e9, 0), {}, kAll, kNow).poison);
  CHECK(agreement.timeline() == line(120, 10, 5'000'000));
  CHECK_FALSE(agreement.hearThere(line(120, beatNow - 0.1, 0), {}, kAll, kNow).poison);
  CHECK(agreement.timeline() == line(120, beatNow - 0.1, 0));

  CHECK(
    agreement.hearThere(agreement.timeline(), decision(true, microsOf(kNow + 1s) + 1), kAll, kNow).poison);
  CHECK(agreement.hearHere(agreement.timeline(), decision(true, microsOf(kNow + 1h)), kAll, kNow).poison);
  CHECK_FALSE(agreement.startStop().isPlaying);
  CHECK_FALSE(
    agreement.hearThere(agreement.timeline(), decision(true, microsOf(kNow + 1s)), kAll, kNow).poison);
  CHECK(agreement.startStop().isPlaying);
}

SCENARIO("B-13 an origin just above the last one is always believed: that is how fast changes look")
{
  auto agreement = begun();
  const auto early = sessionTime(0); // long before the origin
  auto next = agreement.timeline();
  next.beatOrigin = next.beatOrigin + time::Beats::fromMicroBeats(1);
  CHECK_FALSE(agreement.hearThere(next, {}, kAll, early).poison);
  CHECK(agreement.timeline() == next);
}

SCENARIO("B-15 what a site may not change is put back there, on the common line")
{
  auto agreement = begun();
  const auto common = agreement.timeline();
  const auto wish = line(150, common.toBeats(kNow).toDouble(), microsOf(kNow));
  const auto wished = decision(true, microsOf(kNow));
  const auto refused = agreement.hearHere(wish, wished, kNone, kNow);
  CHECK(refused.tempo);
  CHECK(refused.startStop);
  CHECK(agreement.timeline() == common);

  const auto offer = agreement.tellHere(wish, wished, kNow);
  REQUIRE(offer);
  CHECK(offer->timeline.beatOrigin > wish.beatOrigin);
  CHECK(offer->timeline.tempo == common.tempo);
  for (const auto later : {kNow, kNow + 10min})
    CHECK(std::abs((offer->timeline.toBeats(later) - common.toBeats(later)).microBeats()) <= 2);
  CHECK_FALSE(offer->startStop.isPlaying);
  CHECK(offer->startStop.timestamp > wished.timestamp);

  THEN("that is the end of it")
  {
    CHECK_FALSE(agreement.tellHere(offer->timeline, offer->startStop, kNow + 1s));
    const auto again = agreement.hearHere(offer->timeline, offer->startStop, kNone, kNow + 1s);
    CHECK_FALSE(again.tempo);
    CHECK_FALSE(again.startStop);
    CHECK(agreement.timeline() == common);
  }
  THEN("a change of the others reaches it, even one with an earlier origin than what it was told")
  {
    auto theirs = line(99, wish.beatOrigin.toDouble() - 0.001, microsOf(kNow) - 500);
    agreement.hearThere(theirs, {}, kAll, kNow);
    REQUIRE(agreement.timeline() == theirs);
    const auto next = agreement.tellHere(offer->timeline, offer->startStop, kNow);
    REQUIRE(next);
    CHECK(next->timeline.beatOrigin > offer->timeline.beatOrigin);
    CHECK(next->timeline.tempo == theirs.tempo);
    CHECK(std::abs((next->timeline.toBeats(kNow) - theirs.toBeats(kNow)).microBeats()) <= 2);
  }
}

SCENARIO("B-15 a site that may not change anything is not believed by the others either")
{
  auto agreement = begun();
  const auto refused = agreement.hearThere(line(150, 12, 6'000'000), decision(true, 9'000'000), kNone, kNow);
  CHECK(refused.tempo);
  CHECK(refused.startStop);
  CHECK(agreement.timeline() == line(120, 10, 5'000'000));
  CHECK_FALSE(agreement.startStop().isPlaying);
}

} // namespace tutti::bridge
