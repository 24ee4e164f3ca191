#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <string>
#include <tutti/core/Endpoint.hpp>
#include <vector>

using namespace tutti;
using namespace std::literals;

namespace {

IpAddress address(std::string_view text)
{
  const auto parsed = IpAddress::parse(text);
  REQUIRE(parsed);
  return *parsed;
}

IpAddress drawn(test::Dice& dice)
{
  std::array<std::uint8_t, 16> bytes{};
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(dice.whole(0, 255));
  if (dice.whole(0, 1) == 0) return IpAddress::v4({bytes[0], bytes[1], bytes[2], bytes[3]});
  return IpAddress::v6(bytes);
}

IpAddress withFlippedBit(const IpAddress& original, std::size_t bit)
{
  auto bytes = original.bytes();
  bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (0x80U >> bit % 8));
  return original.isV4() ? IpAddress::v4({bytes[0], bytes[1], bytes[2], bytes[3]}) : IpAddress::v6(bytes);
}

static_assert(IpAddress::v4({127, 0, 0, 1}).isLoopback());
static_assert(IpAddress::v4({224, 76, 78, 75}).isMulticast()); // Link's group
static_assert(IpAddress{}.isUnspecified() && IpAddress{}.isV4());

} // namespace

TEST_CASE("An address that was read shows itself as it was written")
{
  for (const auto* text : {"0.0.0.0", "192.168.1.20", "255.255.255.255", "::", "::1", "fe80::1", "ff12::8080",
                           "2001:db8::8:800:200c:417a"}) {
    CAPTURE(text);
    CHECK(address(text).text() == text);
  }
  CHECK(address("FE80:0:0:0:0:0:0:1").text() == "fe80::1");
}

TEST_CASE("Any address survives being written and read")
{
  test::Dice dice{15};
  for (int i = 0; i < 2000; ++i) {
    const auto any = drawn(dice);
    CAPTURE(i, any.text());
    REQUIRE(IpAddress::parse(any.text()) == any);
  }
}

TEST_CASE("What is no address is not taken for one")
{
  for (const auto text : {""sv, "1.2.3"sv, "1.2.3.4.5"sv, "256.1.1.1"sv, " 1.2.3.4"sv, "1.2.3.4 "sv,
                          "1.2.3.4:80"sv, "fe80::1%eth0"sv, "[::1]"sv, ":::"sv, "1::2::3"sv, "localhost"sv}) {
    CAPTURE(text);
    CHECK_FALSE(IpAddress::parse(text));
  }
}

TEST_CASE("An address with a hidden tail is refused")
{
  CHECK_FALSE(IpAddress::parse("10.0.0.1\0.example"sv));
  CHECK_FALSE(IpAddress::parse("::1\0"sv));
}

TEST_CASE("Endpoints show address and port")
{
  CHECK(Endpoint{address("192.168.1.20"), 4711}.text() == "192.168.1.20:4711");
  CHECK(Endpoint{address("fe80::1"), 65535}.text() == "[fe80::1]:65535");
}

TEST_CASE("IPv4 comes before IPv6, then bytes decide, then the scope, then the port")
{
  const auto linkLocal = address("fe80::1");
  const std::vector<Endpoint> inOrder{
    {address("1.2.3.4"), 9},      {address("9.0.0.1"), 1},      {address("200.0.0.1"), 1},
    {address("::"), 0},           {address("2001:db8::"), 1},   {linkLocal.withScope(1), 7000},
    {linkLocal.withScope(2), 20}, {linkLocal.withScope(2), 21},
  };
  CHECK(std::ranges::is_sorted(inOrder));
  CHECK(std::ranges::adjacent_find(inOrder) == inOrder.end());
}

TEST_CASE("Only IPv6 has a scope")
{
  CHECK(address("fe80::1").withScope(3).scope() == 3);
  CHECK(address("10.0.0.1").withScope(3) == address("10.0.0.1"));
  CHECK(address("fe80::1").withScope(3) != address("fe80::1"));
}

TEST_CASE("Addresses know what kind they are")
{
  CHECK(address("127.255.0.9").isLoopback());
  CHECK(address("::1").isLoopback());
  CHECK_FALSE(address("128.0.0.1").isLoopback());
  CHECK_FALSE(address("::2").isLoopback());
  CHECK_FALSE(address("1::1").isLoopback());

  CHECK(address("239.255.255.255").isMulticast());
  CHECK(address("ff12::8080").isMulticast());
  CHECK_FALSE(address("223.1.1.1").isMulticast());
  CHECK_FALSE(address("240.0.0.1").isMulticast());
  CHECK_FALSE(address("fe80::1").isMulticast());

  CHECK(address("169.254.3.4").isLinkLocal());
  CHECK(address("fe80::1").isLinkLocal());
  CHECK(address("febf::1").isLinkLocal());
  CHECK_FALSE(address("169.253.3.4").isLinkLocal());
  CHECK_FALSE(address("fec0::1").isLinkLocal());

  CHECK(address("::").isUnspecified());
  CHECK_FALSE(address("0.0.0.1").isUnspecified());
}

TEST_CASE("Neighbours share the prefix of their network")
{
  CHECK(address("192.168.1.20").sharesPrefix(address("192.168.1.99"), 24));
  CHECK_FALSE(address("192.168.1.20").sharesPrefix(address("192.168.2.20"), 24));
  CHECK(address("10.77.3.1").sharesPrefix(address("10.77.0.1"), 22));
  CHECK_FALSE(address("10.77.4.1").sharesPrefix(address("10.77.0.1"), 22));
  CHECK(address("fe80::1").withScope(2).sharesPrefix(address("fe80::2"), 64));
  CHECK(address("0.0.0.0").sharesPrefix(address("255.0.0.0"), 0));
  CHECK_FALSE(address("0.0.0.0").sharesPrefix(address("::"), 0)); // never across families
}

TEST_CASE("Addresses share exactly the bits before their first difference")
{
  test::Dice dice{16};
  for (int i = 0; i < 2000; ++i) {
    const auto one = drawn(dice);
    const auto bits = one.isV4() ? 32 : 128;
    const auto differing = static_cast<unsigned>(dice.whole(0, bits - 1));
    const auto other = withFlippedBit(one, differing);
    const auto asked = static_cast<unsigned>(dice.whole(0, 140));
    CAPTURE(i, one.text(), other.text(), asked, differing);
    REQUIRE(one.sharesPrefix(one, asked));
    REQUIRE(one.sharesPrefix(other, asked) == (asked <= differing));
    REQUIRE(other.sharesPrefix(one, asked) == one.sharesPrefix(other, asked));
  }
}
