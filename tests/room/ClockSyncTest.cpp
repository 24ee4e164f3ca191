#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <tutti/room/ClockSync.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;

/// Two machines on a path; the truth is known to the test only.
struct Pair {
  explicit Pair(std::uint64_t seed)
    : dice{seed}
  {}

  [[nodiscard]] double trueOffset(HostTime at) const
  {
    return offset + ppm * 1e-6 * static_cast<double>((at - kStart).count());
  }
  RemoteTime read(HostTime at) const { return {microsOf(at) + std::llround(trueOffset(at))}; }
  Micros travel() { return Micros{std::llround(dice.real(base - jitter, base + jitter))}; }

  void probe()
  {
    sync.asked(now);
    const auto heard = now + travel();
    const auto came = heard + travel();
    sync.add({now, read(heard), read(heard), came});
    now = std::max(came, sync.nextProbe());
  }
  void probeFor(std::chrono::seconds length)
  {
    for (const auto end = now + length; now < end;) probe();
  }
  [[nodiscard]] double error() const { return sync.relation(now)->offsetMicros - trueOffset(now); }

  test::Dice dice;
  ClockSync sync;
  HostTime now = kStart;
  double offset = -8.5e9;
  double ppm = 0;
  double base = 10'000;
  double jitter = 5'000;
};

double quantile(std::vector<double> values, double share)
{
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

} // namespace

TEST_CASE("Before the first answer nothing is known, after it the half is")
{
  ClockSync sync;
  CHECK_FALSE(sync.relation(kStart));
  CHECK_FALSE(sync.toRemote(kStart));
  sync.add({kStart, {5'000'000}, {5'000'100}, kStart + 2100us});
  const auto relation = sync.relation(kStart);
  REQUIRE(relation);
  CHECK(relation->bound == 1000us);
  CHECK(std::abs(relation->offsetMicros - (5'000'000.0 - 3'600'000'000.0 - 1000)) < 2);
}

TEST_CASE("On 10 ± 5 ms with drifting clocks the error is below 0.3 ms at 95 of 100")
{
  std::vector<double> errors;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Pair pair{seed};
    pair.ppm = pair.dice.real(-100, 100);
    pair.probeFor(4min);
    errors.push_back(std::abs(pair.error()));
  }
  CHECK(quantile(errors, 0.5) < 150);
  CHECK(quantile(errors, 0.95) < 300);
}

TEST_CASE("The drift is found")
{
  for (const double ppm : {-90.0, 0.0, 35.0}) {
    Pair pair{7};
    pair.ppm = ppm;
    pair.jitter = 1000;
    pair.probeFor(3min);
    CAPTURE(ppm, pair.sync.relation(pair.now)->driftPpm);
    CHECK(std::abs(pair.sync.relation(pair.now)->driftPpm - ppm) < 3);
  }
}

TEST_CASE("The bound holds always")
{
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Pair pair{seed};
    pair.probeFor(30s);
    CHECK(std::abs(pair.error()) <= static_cast<double>(pair.sync.relation(pair.now)->bound.count()));
  }
}

TEST_CASE("What callers see moves at most 200 ppm beside the drift, once settled")
{
  Pair pair{11};
  pair.ppm = 40;
  pair.probeFor(5s);
  auto before = pair.sync.relation(pair.now)->offsetMicros;
  auto at = pair.now;
  for (int i = 0; i < 200; ++i) {
    pair.probe();
    const auto relation = *pair.sync.relation(pair.now);
    const auto elapsed = static_cast<double>((pair.now - at).count());
    CHECK(std::abs(relation.offsetMicros - before) <= elapsed * (200 + 400) * 1e-6 + 1);
    before = relation.offsetMicros;
    at = pair.now;
  }
}

TEST_CASE("Who moves from the forwarder to a direct way in the first seconds is right at once")
{
  Pair pair{5};
  pair.jitter = 300;
  pair.sync.asked(pair.now); // there by the forwarder, back directly: wrong by half the difference
  for (int trip = 0; trip < 12; ++trip) {
    const auto heard = pair.now + 20ms;
    const auto came = heard + 10ms;
    pair.sync.add({pair.now, pair.read(heard), pair.read(heard), came});
    pair.now += 100ms;
  }
  CHECK(std::abs(pair.error()) > 4000);
  pair.probeFor(1s);
  CHECK(std::abs(pair.error()) < 600);
}

TEST_CASE("A clock that was set is followed at once")
{
  Pair pair{3};
  pair.probeFor(60s);
  pair.offset += 30e6;
  for (int i = 0; i < 5; ++i) pair.probe();
  CHECK(std::abs(pair.error()) < 5000);
  pair.offset -= 70e6;
  for (int i = 0; i < 5; ++i) pair.probe();
  CHECK(std::abs(pair.error()) < 5000);
}

TEST_CASE("Times go there and back")
{
  Pair pair{5};
  pair.ppm = 80;
  pair.probeFor(60s);
  const auto there = pair.sync.toRemote(pair.now + 90s);
  REQUIRE(there);
  const auto back = pair.sync.toHost(*there);
  REQUIRE(back);
  CHECK(std::abs((*back - (pair.now + 90s)).count()) <= 2);
}

TEST_CASE("Lies do not harm: answers before questions are no trips")
{
  ClockSync sync;
  sync.add({kStart, {10}, {5}, kStart + 1ms});
  sync.add({kStart + 1ms, {10}, {10}, kStart});
  sync.add({kStart, {0}, {1'000'000'000}, kStart + 1ms});
  CHECK_FALSE(sync.relation(kStart));
}

TEST_CASE("Ten questions a second while settling, then one")
{
  Pair pair{1};
  pair.base = 100;
  pair.jitter = 0;
  int asked = 0;
  for (; pair.now < kStart + 10s; ++asked) pair.probe();
  CHECK(asked == 100);
  for (; pair.now < kStart + 20s; ++asked) pair.probe();
  CHECK(asked == 110);
}

TEST_CASE("What was captured more than two seconds from now is a replay")
{
  Pair pair{2};
  pair.probeFor(5s);
  const auto theirs = pair.read(pair.now).micros;
  const auto relation = pair.sync.relation(pair.now);
  REQUIRE(relation);
  CHECK(relation->isFresh({theirs - 1'900'000}, pair.now));
  CHECK(relation->isFresh({theirs + 1'900'000}, pair.now));
  CHECK_FALSE(relation->isFresh({theirs - 2'100'000}, pair.now));
  CHECK_FALSE(relation->isFresh({theirs + 2'100'000}, pair.now));
  for (const auto absurd :
       {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
    CHECK_FALSE(relation->isFresh({absurd}, pair.now));
}

TEST_CASE(
  "A clock that is nowhere is not believed, and what it said is no time of ours") // spec room, Clock sync
{
  constexpr RemoteTime kFirst{std::numeric_limits<std::int64_t>::min()};
  constexpr RemoteTime kLast{std::numeric_limits<std::int64_t>::max()};
  ClockSync sync;
  sync.add({kStart, kFirst, kFirst, kStart + 1ms});
  sync.add({kStart, kLast, kLast, kStart + 1ms});
  sync.add({kStart, kFirst, kLast, kStart + 1ms});
  CHECK_FALSE(sync.relation(kStart));
  Pair pair{1};
  pair.probeFor(5s);
  CHECK(*pair.sync.toHost(kFirst) < kStart);
  CHECK(*pair.sync.toHost(kLast) > kStart);
  ClockSync far; // as far as one is believed
  constexpr RemoteTime kFar{(std::int64_t{1} << 61U) - 1};
  far.add({kStart, kFar, kFar, kStart + 1ms});
  REQUIRE(far.relation(kStart));
  CHECK(*far.toHost(kFirst) < kStart);
  CHECK(*far.toHost(kLast) < kStart + 1h);
  CHECK(far.toRemote(kStart)->micros > 0);
}
