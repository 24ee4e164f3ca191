#include <Catch.hpp>
#include <Eventually.hpp>
#include <atomic>
#include <future>

#include "Envoy.hpp"

using namespace tutti;
using serve::Envoy;

TEST_CASE("An envoy rings when it is back, and hands over what it has brought once")
{
  const auto bell = std::make_shared<const net::Doorbell>();
  Envoy<int> envoy{bell};
  CHECK_FALSE(envoy.isAway());
  CHECK_FALSE(envoy.tryTake());
  envoy.send([] { return 42; });
  CHECK(envoy.isAway());
  std::optional<int> brought;
  while (!brought) {
    bell->waitUntil(std::nullopt);
    brought = envoy.tryTake();
  }
  CHECK(brought == 42);
  CHECK_FALSE(envoy.isAway());
  CHECK_FALSE(envoy.tryTake());
}

TEST_CASE("Who does not wait any more need not: what comes late is undone")
{
  const auto undone = std::make_shared<std::atomic<int>>(0);
  std::promise<void> mayReturn;
  {
    Envoy<int> envoy{std::make_shared<const net::Doorbell>()};
    envoy.send(
      [late = mayReturn.get_future().share()] {
        late.wait();
        return 7;
      },
      [undone](int& what) { *undone = what; });
  }
  CHECK(*undone == 0);
  mayReturn.set_value();
  CHECK(test::eventually([&] { return *undone == 7; }));
}

TEST_CASE("Of two that were sent only the second counts")
{
  const auto bell = std::make_shared<const net::Doorbell>();
  std::promise<void> mayReturn;
  Envoy<int> envoy{bell};
  envoy.send([late = mayReturn.get_future().share()] {
    late.wait();
    return 1;
  });
  envoy.send([] { return 2; });
  mayReturn.set_value();
  CHECK(test::eventually([&] { return envoy.tryTake() == 2; }));
}
