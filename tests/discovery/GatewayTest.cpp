#include <Alone.hpp>
#include <Catch.hpp>
#include <thread>
#include <tutti/discovery/Gateway.hpp>

using namespace tutti;
using namespace tutti::discovery;

namespace {

// As a machine with a cable and a radio has it (little-endian, which is what the tests run on).
constexpr std::string_view kTable =
  "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
  "wlan0\t00000000\t0102A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
  "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
  "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n";

LocalAddress at(const char* name, const char* address)
{
  return {name, 2, *IpAddress::parse(address), 24};
}

const std::vector<LocalAddress> kLocal{at("eth0", "192.168.1.20"), at("wlan0", "192.168.2.33")};

} // namespace

TEST_CASE("The router is that of the best way to everywhere, and our address the one in its network")
{
  const auto gateway = gatewayIn(kTable, kLocal);
  REQUIRE(gateway);
  CHECK(gateway->address.text() == "192.168.1.1");
  CHECK(gateway->own.text() == "192.168.1.20");
}

TEST_CASE("A way through an interface that has no address there is no way")
{
  const auto gateway = gatewayIn(kTable, {at("wlan0", "192.168.2.33")});
  REQUIRE(gateway);
  CHECK(gateway->address.text() == "192.168.2.1");
  CHECK_FALSE(gatewayIn(kTable, {}));
}

TEST_CASE("Other routes, routes that are down, and lines that are none lead to no router")
{
  for (const auto* line : {"", "eth0\n", "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n",
                           "eth0\t00000000\t0101A8C0\t0002\t0\t0\t100\t00000000\t0\t0\t0\n",
                           "eth0\t00000000\t00000000\t0001\t0\t0\t100\t00000000\t0\t0\t0\n",
                           "eth0\t00000000\tgateway!\t0003\t0\t0\t100\t00000000\t0\t0\t0\n",
                           "eth0\t00000000\t0101A8C0\t0003\t0\t0\tmany\t00000000\t0\t0\t0\n"}) {
    INFO(line);
    CHECK_FALSE(gatewayIn(line, kLocal));
  }
}

TEST_CASE("A network that leads nowhere has no router")
{
  std::thread{[] {
    if (test::isAlone()) CHECK_FALSE(defaultGateway());
  }}.join();
}
