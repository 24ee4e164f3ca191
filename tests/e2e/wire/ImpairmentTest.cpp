#include "Catch.hpp"

#include <algorithm>

#include "Impairment.hpp"
#include "Options.hpp"

using namespace std::chrono_literals;
using namespace wire;

namespace {

constexpr int kFrames = 20'000;

/// One frame each millisecond; the delays of those that arrive.
std::vector<Nanos> delays(const Path& path, Cast cast, std::uint64_t seed = 1)
{
  Impairment impairment{path, seed};
  std::vector<Nanos> found;
  Moment now{};
  for (int i = 0; i < kFrames; ++i, now += 1ms)
    for (const auto arrival : impairment.pass(now, cast)) found.push_back(arrival - now);
  return found;
}

double arrivedShare(const Path& path, Cast cast)
{
  return static_cast<double>(delays(path, cast).size()) / kFrames;
}

double meanMillis(const std::vector<Nanos>& values)
{
  double sum = 0;
  for (const auto value : values) sum += static_cast<double>(value.count()) / 1e6;
  return sum / static_cast<double>(values.size());
}

Options parsed(std::vector<std::string> words)
{
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  return parseOptions(pointers);
}

} // namespace

TEST_CASE("a path without impairments delivers at once, once, in order")
{
  const auto found = delays(Path{}, Cast::multicast);
  REQUIRE(found.size() == kFrames);
  CHECK(std::ranges::all_of(found, [](Nanos delay) { return delay == 0ns; }));
}

TEST_CASE("uniform jitter stays within its bounds, around the delay")
{
  Path path;
  path.delay = 10ms;
  path.jitter = 5ms;
  const auto found = delays(path, Cast::unicast);
  CHECK(std::ranges::all_of(found, [](Nanos delay) { return delay >= 5ms && delay <= 15ms; }));
  CHECK(meanMillis(found) == Approx(10).margin(0.1));
}

TEST_CASE("Pareto jitter comes on top, with the mean that was asked for")
{
  Path path;
  path.delay = 2ms;
  path.jitter = 3ms;
  path.spread = Path::Spread::pareto;
  const auto found = delays(path, Cast::unicast);
  CHECK(std::ranges::all_of(found, [](Nanos delay) { return delay >= 2ms; }));
  CHECK(meanMillis(found) == Approx(5).margin(0.3));
}

TEST_CASE("loss takes its share; Wi-Fi's retries give unicast back, later, but not multicast")
{
  Path path;
  path.loss = 0.5;
  CHECK(arrivedShare(path, Cast::unicast) == Approx(0.5).margin(0.02));
  path.unicastRetries = 12;
  CHECK(arrivedShare(path, Cast::unicast) > 0.999);
  CHECK(arrivedShare(path, Cast::multicast) == Approx(0.5).margin(0.02));
  CHECK(meanMillis(delays(path, Cast::unicast)) == Approx(1).margin(0.1)); // one retry on average, 1 ms each
}

TEST_CASE("bursts lose the share that their length and frequency make")
{
  Path path;
  path.burstStart = 0.001;
  path.burstFrames = 20;
  CHECK(arrivedShare(path, Cast::multicast) == Approx(0.98).margin(0.01));
}

TEST_CASE("duplicates arrive twice")
{
  Path path;
  path.duplicate = 0.1;
  CHECK(arrivedShare(path, Cast::unicast) == Approx(1.1).margin(0.01));
}

TEST_CASE("kept order means that nothing overtakes")
{
  Path path;
  path.delay = 10ms;
  path.jitter = 9ms;
  path.keepsOrder = true;
  Impairment impairment{path, 7};
  Moment now{};
  Moment last{};
  for (int i = 0; i < kFrames; ++i, now += 100us) {
    const auto arrival = impairment.pass(now, Cast::unicast).front();
    REQUIRE(arrival >= last);
    last = arrival;
  }
}

TEST_CASE("the same seed tells the same story, another one another")
{
  Path path;
  path.jitter = 5ms;
  path.delay = 5ms;
  path.loss = 0.1;
  CHECK(delays(path, Cast::unicast, 3) == delays(path, Cast::unicast, 3));
  CHECK(delays(path, Cast::unicast, 3) != delays(path, Cast::unicast, 4));
}

TEST_CASE("options before the first port hold for all, later ones for one direction")
{
  const auto options = parsed({"--seed", "9", "--delay", "1.5ms", "--port", "a:lan0", "--port", "b:lan0",
                               "--loss", "2%", "--keep-order"});
  REQUIRE(options.ports.size() == 2);
  CHECK(options.seed == 9);
  CHECK(options.ports[0].networkNamespace == "a");
  CHECK(options.ports[0].path.delay == 1500us);
  CHECK(options.ports[0].path.loss == 0);
  CHECK(options.ports[1].path.delay == 1500us);
  CHECK(options.ports[1].path.loss == Approx(0.02));
  CHECK(options.ports[1].path.keepsOrder);
}

TEST_CASE("a wrong word is named")
{
  CHECK_THROWS_WITH(parsed({"--port", "a:x"}), "a wire has at least two ports");
  CHECK_THROWS_WITH(parsed({"--delay", "5"}), "'5' needs a unit: us, ms or s");
  CHECK_THROWS_WITH(parsed({"--loss", "150%"}), "'150%' is not between 0 and 100%");
  CHECK_THROWS_WITH(parsed({"--colour", "red"}), "'--colour' is not an option");
}
