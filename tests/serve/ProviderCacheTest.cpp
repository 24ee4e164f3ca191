#include <Catch.hpp>
#include <chrono>

#include "ProviderCache.hpp"

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
constexpr std::uint32_t kHour = 3600;

room::TurnGrant grantOf(std::uint32_t seconds)
{
  return {{*room::TurnUrl::parse("turn:a")}, "u", "p", seconds};
}

bool asks(ProviderCache& cache, HostTime now)
{
  return std::holds_alternative<ProviderCache::AskProvider>(cache.next(now));
}
bool waits(ProviderCache& cache, HostTime now)
{
  return std::holds_alternative<ProviderCache::WaitForIt>(cache.next(now));
}
std::uint32_t secondsLeft(ProviderCache& cache, HostTime now)
{
  const auto next = cache.next(now);
  REQUIRE(std::holds_alternative<room::TurnGrant>(next));
  return std::get<room::TurnGrant>(next).secondsToLive;
}
int refusal(ProviderCache& cache, HostTime now)
{
  const auto next = cache.next(now);
  REQUIRE(std::holds_alternative<NoGrant>(next));
  return std::get<NoGrant>(next).status;
}

/// That has heard a grant of an hour at the start.
ProviderCache full()
{
  ProviderCache cache{kHour};
  REQUIRE(asks(cache, kStart));
  cache.hear(grantOf(kHour), kStart);
  return cache;
}

} // namespace

TEST_CASE("One asks the provider, the others wait for what it says")
{
  ProviderCache cache{kHour};
  CHECK(asks(cache, kStart));
  CHECK(waits(cache, kStart));
  cache.hear(grantOf(kHour), kStart + 100ms);
  CHECK(secondsLeft(cache, kStart + 100ms) == kHour);
}

TEST_CASE("What the provider said serves everybody, with the seconds that are left")
{
  auto cache = full();
  CHECK(secondsLeft(cache, kStart + 10min) == kHour - 600);
  CHECK(secondsLeft(cache, kStart + 54min) == 360);
}

TEST_CASE("Shortly before its end somebody asks again, and nobody waits meanwhile")
{
  auto cache = full();
  const auto late = kStart + 56min;
  CHECK(asks(cache, late));
  CHECK(secondsLeft(cache, late) == 240);
  cache.hear(grantOf(kHour), late);
  CHECK(secondsLeft(cache, late) == kHour);
}

TEST_CASE("A short life is used up to its half")
{
  ProviderCache cache{kHour};
  REQUIRE(asks(cache, kStart));
  cache.hear(grantOf(60), kStart);
  CHECK(secondsLeft(cache, kStart + 29s) == 31);
  CHECK(asks(cache, kStart + 30s));
}

TEST_CASE("A grant that does not say its end lives as long as was asked for")
{
  ProviderCache cache{kHour};
  REQUIRE(asks(cache, kStart));
  cache.hear(grantOf(0), kStart);
  CHECK(secondsLeft(cache, kStart) == kHour);
}

TEST_CASE("A provider that fails is left alone for a while, and its word is passed on")
{
  ProviderCache cache{kHour};
  REQUIRE(asks(cache, kStart));
  cache.hear(NoGrant{401}, kStart);
  CHECK(refusal(cache, kStart) == 401);
  CHECK(refusal(cache, kStart + 4s) == 401);
  CHECK(asks(cache, kStart + 5s));
}

TEST_CASE("What is still good is given out while the provider fails, and not after its end")
{
  auto cache = full();
  const auto late = kStart + 59min;
  REQUIRE(asks(cache, late));
  cache.hear(NoGrant{502}, late);
  CHECK(secondsLeft(cache, late + 1s) == 59);
  CHECK(asks(cache, late + 58s));
  cache.hear(NoGrant{502}, late + 59s);
  CHECK(refusal(cache, late + 60s) == 502);
}

TEST_CASE("A provider that gives nothing but moments is not asked all the time")
{
  ProviderCache cache{kHour};
  REQUIRE(asks(cache, kStart));
  cache.hear(grantOf(1), kStart);
  CHECK(refusal(cache, kStart) == 502);
}
