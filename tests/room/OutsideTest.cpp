#include <Catch.hpp>
#include <tutti/room/Outside.hpp>

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
const Endpoint kHere{IpAddress::v4({203, 0, 113, 7}), 40'000};
const Endpoint kHereV6{IpAddress::v6({0x20, 0x01, 0x0d, 0xb8}), 40'000};

Endpoint onPort(std::uint16_t port)
{
  return {kHere.address, port};
}

} // namespace

TEST_CASE("How the server sees us is news once, for each family")
{
  Outside outside;
  CHECK_FALSE(outside.takeNews(kStart));
  CHECK(outside.nextDeadline() == HostTime::max());
  outside.seen(kHere);
  CHECK(outside.nextDeadline() <= kStart);
  CHECK(outside.takeNews(kStart) == std::vector{kHere});
  outside.seen(kHere);
  CHECK_FALSE(outside.takeNews(kStart + 1s));
  outside.seen(kHereV6);
  CHECK(outside.takeNews(kStart + 2s) == std::vector{kHere, kHereV6});
}

TEST_CASE("A router that chose another address is noticed at once")
{
  Outside outside;
  outside.seen(kHere);
  outside.takeNews(kStart);
  outside.seen(onPort(40'001));
  CHECK(outside.takeNews(kStart + 1s) == std::vector{onPort(40'001)});
}

TEST_CASE("In another network the same address is news again")
{
  Outside outside;
  outside.seen(kHere);
  outside.takeNews(kStart);
  outside.forget();
  CHECK(outside.addresses().empty());
  CHECK_FALSE(outside.takeNews(kStart + 1s)); // nothing to tell
  outside.seen(kHere);
  CHECK(outside.takeNews(kStart + 1s) == std::vector{kHere});
}

TEST_CASE("A router that never makes up its mind costs the room one card in five seconds")
{
  Outside outside;
  int news = 0;
  std::uint16_t port = 40'000;
  for (auto now = kStart; now < kStart + 60s; now += 100ms) {
    outside.seen(onPort(++port));
    if (outside.takeNews(now)) ++news;
  }
  CHECK(news >= 12);
  CHECK(news <= 4 + 12);
}

TEST_CASE("What had to wait is told as it is then")
{
  Outside outside;
  for (std::uint16_t i = 0; i < 5; ++i) {
    outside.seen(onPort(static_cast<std::uint16_t>(40'000 + i)));
    outside.takeNews(kStart);
  }
  outside.seen(onPort(40'009));
  CHECK_FALSE(outside.takeNews(kStart));
  auto now = kStart;
  while (now < kStart + 10s) {
    now = outside.nextDeadline();
    if (const auto news = outside.takeNews(now)) {
      CHECK(*news == std::vector{onPort(40'009)});
      break;
    }
  }
  CHECK(now <= kStart + 6s);
}

TEST_CASE("Relays stand behind how the world sees us, and stay when the network changes")
{
  Outside outside;
  const Endpoint relay{IpAddress::v4({192, 0, 2, 1}), 50'000};
  outside.setRelays({relay});
  outside.seen(kHere);
  CHECK(outside.takeNews(kStart) == std::vector{kHere, relay});
  outside.forget();
  CHECK(outside.takeNews(kStart + 1s) == std::vector{relay});
}

TEST_CASE("How a relay's server sees us counts as long as the room's server has not seen us")
{
  Outside outside;
  outside.seenByRelay(kHere);
  CHECK(outside.takeNews(kStart) == std::vector{kHere});
  outside.seen(onPort(40'001));
  CHECK(outside.takeNews(kStart + 1s) == std::vector{onPort(40'001)});
}
