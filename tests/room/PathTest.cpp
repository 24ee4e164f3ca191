#include <Catch.hpp>
#include <tutti/room/Path.hpp>

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
const Path kLan{PathKind::lan, {IpAddress::v4({192, 168, 1, 21}), 4711}};
const Path kDirect{PathKind::direct, {IpAddress::v4({198, 51, 100, 9}), 40'000}};
const Path kForwarder{PathKind::forwarder, {IpAddress::v4({203, 0, 113, 5}), 7885}};

/// Serves a path until `end`; whoever is at its other end answers within 2 ms while `isThere`.
int serve(PathCheck& check, HostTime from, HostTime end, bool isThere, bool isPlaying = true)
{
  int checks = 0;
  for (auto now = from; now < end; now += 10ms) {
    if (isThere && isPlaying) check.heard(now);
    check.advance(now);
    if (!check.isDue(now)) continue;
    check.sent(now);
    ++checks;
    if (isThere) check.answered(2ms, now + 2ms);
  }
  return checks;
}

} // namespace

TEST_CASE("A path that answers carries, and is kept warm with a check a second")
{
  PathCheck check{kLan, kStart};
  CHECK_FALSE(check.carries());
  CHECK(check.isDue(kStart));
  serve(check, kStart, kStart + 3s, true);
  CHECK(check.carries());
  CHECK(check.roundTrip() == 2ms);
  CHECK(serve(check, kStart + 3s, kStart + 63s, true) <= 61);
}

TEST_CASE("A new path is soon measured well enough to be compared")
{
  PathCheck check{kDirect, kStart};
  int answers = 0;
  for (auto now = kStart; now < kStart + 700ms; now += 10ms) {
    check.advance(now);
    if (!check.isDue(now)) continue;
    check.sent(now);
    check.answered(++answers == 1 ? 90ms : 20ms, now); // the first one had to wake somebody
  }
  CHECK(answers >= 5);
  CHECK(check.roundTrip() == 20ms);
}

TEST_CASE("A candidate that never answers is asked seven times and then left alone")
{
  PathCheck check{kLan, kStart};
  CHECK(serve(check, kStart, kStart + 60s, false) == 7);
  CHECK(check.isGivenUp());
  check.restart(kStart + 61s);
  serve(check, kStart + 61s, kStart + 62s, true);
  CHECK(check.carries());
}

TEST_CASE("A dead path is left within a second")
{
  PathCheck check{kLan, kStart};
  serve(check, kStart, kStart + 10s, true);
  check.expectTraffic(true, kStart + 10s);
  auto died = kStart + 10s;
  while (check.carries() && died < kStart + 20s) {
    serve(check, died, died + 10ms, false);
    died += 10ms;
  }
  CHECK(died - (kStart + 10s) >= 400ms);
  CHECK(died - (kStart + 10s) < 1s);
}

TEST_CASE("Silence alone is no death: the checks decide")
{
  PathCheck check{kLan, kStart};
  serve(check, kStart, kStart + 5s, true);
  check.expectTraffic(true, kStart + 5s);
  serve(check, kStart + 5s, kStart + 15s, true, false); // nobody plays, but checks are answered
  CHECK(check.carries());
}

TEST_CASE("A path that came back is found again")
{
  PathCheck check{kLan, kStart};
  serve(check, kStart, kStart + 5s, true);
  check.expectTraffic(true, kStart + 5s);
  serve(check, kStart + 5s, kStart + 10s, false);
  CHECK_FALSE(check.carries());
  serve(check, kStart + 10s, kStart + 20s, true);
  CHECK(check.carries());
}

TEST_CASE("Whoever lives at a dead path's address is asked less and less")
{
  PathCheck check{kDirect, kStart};
  serve(check, kStart, kStart + 5s, true);
  serve(check, kStart + 5s, kStart + 60s, false);
  CHECK(check.isSpent());
  CHECK(serve(check, kStart + 60s, kStart + 660s, false) <= 11);
}

TEST_CASE("After a change of our network a path that carries is asked at once, and carries meanwhile")
{
  PathCheck good{kDirect, kStart};
  PathCheck bad{kLan, kStart};
  serve(good, kStart, kStart + 5s, true);
  serve(bad, kStart, kStart + 5s, true);
  for (auto* check : {&good, &bad}) {
    check->doubt(kStart + 5s);
    CHECK(check->isDue(kStart + 5s));
    CHECK(check->carries());
  }
  serve(good, kStart + 5s, kStart + 5500ms, true, false);
  serve(bad, kStart + 5s, kStart + 5500ms, false);
  CHECK(good.carries());
  CHECK_FALSE(bad.carries());
}

TEST_CASE("After a change of our network a guess that was given up is made again")
{
  PathCheck check{kDirect, kStart};
  serve(check, kStart, kStart + 10s, false);
  REQUIRE(check.isGivenUp());
  check.doubt(kStart + 10s);
  CHECK(serve(check, kStart + 10s, kStart + 20s, false) == 7);
}

TEST_CASE("An unused path is missed as well, without traffic")
{
  PathCheck check{kLan, kStart};
  serve(check, kStart, kStart + 5s, true);
  serve(check, kStart + 5s, kStart + 12s, false);
  CHECK_FALSE(check.carries());
}

TEST_CASE("The first path that carries is taken, a better one after a second")
{
  PathChoice choice;
  CHECK_FALSE(choice.choose({}, kStart));
  CHECK(choice.choose({{kForwarder, 20ms}}, kStart) == kForwarder);
  CHECK(choice.choose({{kForwarder, 20ms}, {kLan, 1ms}}, kStart + 100ms) == kForwarder);
  CHECK(choice.choose({{kForwarder, 20ms}, {kLan, 1ms}}, kStart + 1s) == kForwarder);
  CHECK(choice.choose({{kForwarder, 20ms}, {kLan, 1ms}}, kStart + 1100ms) == kLan);
}

TEST_CASE("Paths of a kind that are nearly alike are not changed for each other")
{
  const Path other{PathKind::direct, {IpAddress::v4({198, 51, 100, 10}), 40'000}};
  PathChoice choice;
  choice.choose({{other, 2000us}}, kStart);
  for (int i = 0; i < 100; ++i) {
    const Micros wobble{i % 2 * 250};
    CHECK(choice.choose({{other, 2000us + wobble}, {kDirect, 1900us + wobble}}, kStart + i * 100ms) == other);
  }
}

TEST_CASE("The direct way is taken where it is hardly slower than the forwarder, and kept")
{
  PathChoice choice;
  choice.choose({{kForwarder, 2000us}}, kStart);
  for (int i = 0; i <= 100; ++i) {
    const Micros wobble{i % 2 * 200};
    const auto chosen = choice.choose({{kForwarder, 2000us}, {kDirect, 1950us + wobble}}, kStart + i * 100ms);
    CHECK(chosen == (i < 10 ? kForwarder : kDirect));
  }
  CHECK(choice.choose({{kForwarder, 20ms}, {kDirect, 20900us}}, kStart + 20s) == kDirect);
}

TEST_CASE("A direct way that makes a detour is left to the forwarder")
{
  PathChoice choice;
  choice.choose({{kForwarder, 20ms}, {kDirect, 90ms}}, kStart);
  CHECK(choice.current() == kForwarder);
  choice.choose({{kForwarder, 20ms}, {kDirect, 90ms}}, kStart + 5s);
  CHECK(choice.current() == kForwarder);
}

TEST_CASE("Of two ways that are about as fast as the fastest the nearest is taken")
{
  PathChoice choice;
  CHECK(choice.choose({{kForwarder, 1000us}, {kDirect, 1100us}, {kLan, 1140us}}, kStart) == kLan);
}

TEST_CASE("A dead path is left at once, for what there is")
{
  PathChoice choice;
  choice.choose({{kLan, 1ms}}, kStart);
  CHECK(choice.choose({{kForwarder, 30ms}}, kStart + 1ms) == kForwarder);
  CHECK_FALSE(choice.choose({}, kStart + 2ms));
}

TEST_CASE("A member's relay that does not answer gets seven checks: four straight, and three by ours")
{
  const Endpoint theirs{IpAddress::v4({192, 0, 2, 1}), 50'000};
  const Endpoint ours{IpAddress::v4({192, 0, 2, 1}), 50'100};
  PathCheck straight{Path{PathKind::turn, theirs}, kStart}; // spec room R-14
  PathCheck relayed{Path{PathKind::turn, theirs, ours}, kStart};
  CHECK(serve(straight, kStart, kStart + 20s, false) == 4);
  CHECK(serve(relayed, kStart, kStart + 20s, false) == 3);
}

TEST_CASE("A path is settled when several answers have come")
{
  PathCheck check{kDirect, kStart};
  serve(check, kStart, kStart + 100ms, true);
  CHECK(check.carries());
  CHECK_FALSE(check.isSettled());
  serve(check, kStart + 100ms, kStart + 2s, true);
  CHECK(check.isSettled());
}

TEST_CASE("Two ways that take turns in being the better one do not keep each other from being taken")
{
  const Path one{PathKind::turn, {IpAddress::v4({192, 0, 2, 1}), 50'000}};
  const Path other{PathKind::turn, {IpAddress::v4({192, 0, 2, 2}), 50'000}};
  PathChoice choice;
  choice.choose({{kForwarder, 40ms}}, kStart);
  for (int i = 0; i <= 10; ++i) {
    const Micros wobble{i % 2 * 400};
    choice.choose({{kForwarder, 40ms}, {one, 20ms + wobble}, {other, 20'400us - wobble}}, kStart + i * 100ms);
  }
  CHECK((choice.current() == one || choice.current() == other));
}

TEST_CASE("A way that has just been found waits for its second, however good the others are")
{
  PathChoice choice;
  choice.choose({{kForwarder, 40ms}}, kStart);
  choice.choose({{kForwarder, 40ms}, {kDirect, 20ms}}, kStart + 100ms);
  CHECK(choice.choose({{kForwarder, 40ms}, {kDirect, 20ms}, {kLan, 1ms}}, kStart + 1100ms) == kDirect);
  CHECK(choice.choose({{kForwarder, 40ms}, {kDirect, 20ms}, {kLan, 1ms}}, kStart + 2100ms) == kLan);
}
