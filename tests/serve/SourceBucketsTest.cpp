#include <Catch.hpp>
#include <chrono>
#include <tutti/serve/SourceBuckets.hpp>

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;

namespace {

constexpr auto kNow = HostTime{} + 1h;

IpAddress household(std::uint32_t number)
{
  return IpAddress::v4({10, static_cast<std::uint8_t>(number >> 16U), static_cast<std::uint8_t>(number >> 8U),
                        static_cast<std::uint8_t>(number)});
}

} // namespace

TEST_CASE("Each household has a purse of its own")
{
  auto purses = SourceBuckets::perMinute(2);
  CHECK(purses.of(household(1), kNow).tryTake(kNow));
  CHECK(purses.of(household(1), kNow).tryTake(kNow));
  CHECK_FALSE(purses.of(household(1), kNow).tryTake(kNow));
  CHECK(purses.of(household(2), kNow).tryTake(kNow));
  CHECK(purses.of(household(1), kNow + 30s).tryTake(kNow + 30s));
}

TEST_CASE("All addresses of an IPv6 household spend from one purse")
{
  auto purses = SourceBuckets::perMinute(1);
  CHECK(purses.of(*IpAddress::parse("2001:db8::1"), kNow).tryTake(kNow));
  CHECK_FALSE(purses.of(*IpAddress::parse("2001:db8::ffff:2"), kNow).tryTake(kNow));
  CHECK(purses.of(*IpAddress::parse("2001:db8:0:1::1"), kNow).tryTake(kNow));
}

TEST_CASE("Whoever has spent all is remembered while thousands of others come by")
{
  auto purses = SourceBuckets::perMinute(1);
  REQUIRE(purses.of(household(0), kNow).tryTake(kNow));
  for (std::uint32_t other = 1; other < 10'000; ++other) purses.of(household(other), kNow);
  CHECK_FALSE(purses.of(household(0), kNow).hasOne(kNow));
}
