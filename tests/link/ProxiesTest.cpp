#include "Catch.hpp"

#include <Proxies.hpp>

#include "Neighbour.hpp"

using namespace std::chrono_literals;
using tutti::test::named;

namespace tutti::link {
namespace {

constexpr HostTime kStart = HostTime{} + 1h;

} // namespace

SCENARIO("B-1 all proxies speak at one moment, once a second")
{
  Proxies proxies;
  CHECK_FALSE(proxies.nextDeadline());
  CHECK(proxies.set({named("anna"), named("bela")}, kStart).empty());
  REQUIRE(proxies.nextDeadline() <= kStart);
  CHECK(proxies.advance(kStart));
  CHECK_FALSE(proxies.advance(kStart));
  CHECK_FALSE(proxies.advance(kStart + 999ms));
  CHECK(proxies.advance(kStart + 1s));

  WHEN("their state changes")
  {
    proxies.changed(kStart + 1600ms);
    THEN("they speak at once, and in a second again")
    {
      CHECK(proxies.advance(kStart + 1600ms));
    }
  }
  WHEN("it changes all the time")
  {
    int bursts = 0;
    for (auto now = kStart + 1001ms; now <= kStart + 2s; now += 10ms) {
      proxies.changed(now);
      if (proxies.advance(now)) ++bursts;
    }
    THEN("they leave the others time to speak")
    {
      CHECK(bursts == 3);
    }
  }
  WHEN("one is gone and another there")
  {
    const auto gone = proxies.set({named("bela"), named("cora")}, kStart + 1500ms);
    THEN("the new one is announced at once")
    {
      CHECK(gone == std::vector{named("anna")});
      CHECK(proxies.advance(kStart + 1500ms));
      CHECK(proxies.contains(named("cora")));
    }
  }
  WHEN("nobody is left")
  {
    CHECK(proxies.set({}, kStart + 1500ms).size() == 2);
    CHECK_FALSE(proxies.nextDeadline());
    CHECK_FALSE(proxies.advance(kStart + 1h));
  }
}

} // namespace tutti::link
