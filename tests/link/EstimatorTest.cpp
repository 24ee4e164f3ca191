#include <Catch.hpp>
#include <Dice.hpp>
#include <Estimator.hpp>
#include <Fixtures.hpp>
#include <MeasurementMessage.hpp>
#include <MedianEstimator.hpp>

using namespace tutti;
using namespace tutti::link;
using namespace std::chrono_literals;

namespace {

struct RoundTrip {
  Pong pong;
  HostTime pongCameAt{};
};

/// The round trips of a captured run: a pong came when the next ping left.
std::vector<RoundTrip> captured(const char* name)
{
  std::vector<RoundTrip> trips;
  std::optional<Pong> waiting;
  const auto entriesOf = [](const test::CapturedTrip& trip) { return std::span{trip.payload}.subspan(9); };
  for (const auto& trip : test::measurementFixture(name)) {
    if (trip.kind == test::CapturedTrip::Kind::pong) {
      waiting = parsePong(entriesOf(trip));
      continue;
    }
    const auto echo = encodePong(NodeId{}, SessionTime{}, entriesOf(trip));
    const auto ping = parsePong(echo.bytes().subspan(9));
    if (waiting) trips.push_back({*waiting, ping->pingSentAt});
  }
  return trips;
}

/// Two clocks that truly are `kTrueIntercept` apart, and a path between them.
constexpr Micros kTrueIntercept{-867'194'366};
constexpr auto kStart = HostTime{} + 1h;

struct Path {
  Estimator ours;
  test::MedianEstimator median;
  HostTime now = kStart;
  SessionTime previous{};

  void roundTrip(Micros there, Micros back)
  {
    const auto sent = now;
    const auto answered = sessionTime(microsOf(sent + there) + kTrueIntercept.count());
    now = sent + there + back;
    ours.add(sent, answered, now);
    median.add(sent, answered, previous, now);
    previous = answered;
  }
};

Micros distance(Micros a, Micros b)
{
  return a > b ? a - b : b - a;
}

} // namespace

TEST_CASE("The median of an even count lies between the two in the middle")
{
  CHECK(test::MedianEstimator::medianOf({5, 0, 6}) == 5);
  CHECK(test::MedianEstimator::medianOf({0, 2, 1, 3, 2}) == 2);
  CHECK(test::MedianEstimator::medianOf({0, 1, 3, 2}) == 1.5);
}

TEST_CASE("The reference's figures of two captured measurements come out of the captured packets")
{
  struct Run {
    const char* name;
    double median;
    std::int64_t intercept;
  };
  for (const auto& run : {Run{"measurement-v3.txt", -867'194'365.5, -867'194'366},
                          Run{"measurement-v4.txt", -867'336'329.5, -867'336'330}}) {
    CAPTURE(run.name);
    test::MedianEstimator median;
    std::size_t used = 0;
    for (const auto& trip : captured(run.name)) {
      ++used;
      if (median.add(trip.pong.pingSentAt, trip.pong.answeredAt, trip.pong.previous, trip.pongCameAt)) break;
    }
    CHECK(used == 51);
    CHECK(median.samples().size() == 101);
    CHECK(median.median() == run.median);
    CHECK(median.intercept() == Micros{run.intercept});
  }
}

TEST_CASE("On a wire our estimate and the reference's are neighbours")
{
  for (const auto* name : {"measurement-v3.txt", "measurement-v4.txt"}) {
    CAPTURE(name);
    Estimator ours;
    test::MedianEstimator median;
    for (const auto& trip : captured(name)) {
      ours.add(trip.pong.pingSentAt, trip.pong.answeredAt, trip.pongCameAt);
      median.add(trip.pong.pingSentAt, trip.pong.answeredAt, trip.pong.previous, trip.pongCameAt);
    }
    REQUIRE(ours.estimate());
    CHECK(distance(ours.estimate()->intercept, median.intercept()) <= 30us);
    CHECK(ours.estimate()->roundTrips == 51);
  }
}

TEST_CASE("Before the first round trip there is no estimate")
{
  CHECK_FALSE(Estimator{}.estimate());
}

TEST_CASE("One round trip over an even path tells the truth")
{
  Path path;
  path.roundTrip(400us, 400us);
  const auto estimate = path.ours.estimate();
  REQUIRE(estimate);
  CHECK(estimate->intercept == kTrueIntercept);
  CHECK(estimate->shortestRoundTrip == 800us);
  CHECK(estimate->roundTrips == 1);
}

TEST_CASE("The fastest way there and the fastest way back need not be of one round trip")
{
  Path path;
  path.roundTrip(300us, 9ms);
  path.roundTrip(7ms, 300us);
  path.roundTrip(2ms, 2ms);
  CHECK(path.ours.estimate()->intercept == kTrueIntercept);
  CHECK(path.ours.estimate()->shortestRoundTrip == 4ms);
}

TEST_CASE("Half of the shortest round trip bounds the error, however uneven the path")
{
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    test::Dice dice{seed};
    Path path;
    for (int i = 0; i < 20; ++i) path.roundTrip(Micros{dice.whole(0, 20'000)}, Micros{dice.whole(0, 500)});
    const auto estimate = *path.ours.estimate();
    CAPTURE(seed);
    CHECK(distance(estimate.intercept, kTrueIntercept) <= estimate.shortestRoundTrip / 2 + 1us);
  }
}

TEST_CASE("On a jittery path our estimate beats the median by far")
{
  std::vector<double> ours;
  std::vector<double> medians;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    test::Dice dice{seed};
    Path path;
    const auto oneWay = [&] { return 5ms + Micros{static_cast<std::int64_t>(dice.exponential(5000))}; };
    for (int i = 0; i < 160; ++i) path.roundTrip(oneWay(), oneWay());
    const auto errorOf = [](Micros intercept) {
      return static_cast<double>(distance(intercept, kTrueIntercept).count());
    };
    ours.push_back(errorOf(path.ours.estimate()->intercept));
    medians.push_back(errorOf(path.median.intercept()));
  }
  CHECK(3 * test::MedianEstimator::medianOf(ours) < test::MedianEstimator::medianOf(medians));
}

TEST_CASE("The spread is small on a wire and large on a jittery path")
{
  test::Dice dice{1};
  Path wire;
  Path radio;
  for (int i = 0; i < 51; ++i) {
    wire.roundTrip(40us + Micros{dice.whole(0, 5)}, 40us + Micros{dice.whole(0, 5)});
    radio.roundTrip(Micros{dice.whole(2000, 40'000)}, Micros{dice.whole(2000, 40'000)});
  }
  CHECK(wire.ours.estimate()->spread <= 5us);
  CHECK(radio.ours.estimate()->spread > 100us);
}

TEST_CASE("A peer whose clock is set in the middle is measured anew")
{
  constexpr Micros kStep = 70ms;
  Path path;
  for (int i = 0; i < 30; ++i) path.roundTrip(500us, 500us);
  for (int i = 0; i < 10; ++i) {
    const auto sent = path.now;
    path.now += 1ms;
    path.ours.add(sent, sessionTime(microsOf(sent + 500us) + (kTrueIntercept + kStep).count()), path.now);
  }
  CHECK(path.ours.estimate()->intercept == kTrueIntercept + kStep);
  CHECK(path.ours.roundTrips() == 10);
}

TEST_CASE("A clock that merely drifts does not start the measurement over")
{
  Path path;
  for (int i = 0; i < 100; ++i) {
    const auto sent = path.now;
    const Micros drifted{kTrueIntercept.count() + i}; // 1 µs every 40 ms: 25 ppm
    path.ours.add(sent, sessionTime(microsOf(sent + 500us) + drifted.count()), sent + 1ms);
    path.now += 40ms;
  }
  CHECK(path.ours.roundTrips() == 100);
  CHECK(distance(path.ours.estimate()->intercept, kTrueIntercept) <= 100us);
}

TEST_CASE("The farthest times that a pong may say do no harm")
{
  constexpr std::int64_t kFarthest = std::int64_t{1} << 53U;
  for (const auto said : {kFarthest, -kFarthest}) {
    Estimator estimator;
    estimator.add(kStart, sessionTime(said), kStart + 1ms);
    estimator.add(kStart, sessionTime(-said), kStart + 1ms);
    estimator.add(hostTime(-kFarthest), sessionTime(kFarthest), hostTime(kFarthest));
    CHECK(estimator.estimate());
  }
}
