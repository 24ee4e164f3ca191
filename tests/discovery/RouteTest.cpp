#include <Catch.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/discovery/Wireless.hpp>

using namespace tutti;
using namespace tutti::discovery;

TEST_CASE("The way to this machine itself is the loopback, and that is a cable of the shortest kind")
{
  const auto way = interfaceTowards(*IpAddress::parse("127.0.0.1"));
  REQUIRE(way);
  bool isLoopback = false;
  for (const auto& local : localAddresses()) isLoopback |= local.interfaceName == *way && local.isLoopback();
  CHECK(isLoopback);
  CHECK_FALSE(isWireless(*way));
  CHECK_FALSE(isWayWireless(IpAddress::parse("127.0.0.1")));
}

TEST_CASE("An address to which there is no way, and an interface that is not there, are nobody's radio")
{
  CHECK_FALSE(interfaceTowards(*IpAddress::parse("255.255.255.255")));
  CHECK_FALSE(isWireless("no-such-interface"));
  CHECK_FALSE(isWireless(".."));
}
