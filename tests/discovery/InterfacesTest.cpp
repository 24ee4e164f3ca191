#include <Catch.hpp>
#include <algorithm>
#include <tutti/discovery/Interfaces.hpp>

using namespace tutti;
using namespace tutti::discovery;

namespace {

LocalAddress local(const char* name, unsigned index, const char* address, unsigned prefixBits)
{
  const auto ip = IpAddress::parse(address).value();
  return {name, index, ip.isLinkLocal() ? ip.withScope(index) : ip, prefixBits};
}

const auto kLoopback = local("lo", 1, "127.0.0.1", 8);
const auto kLoopback6 = local("lo", 1, "::1", 128);
const auto kWire = local("eth0", 2, "192.168.1.20", 24);
const auto kWire6 = local("eth0", 2, "fe80::20", 64);
const auto kWireGlobal6 = local("eth0", 2, "2001:db8::20", 64);
const auto kRadio = local("wlan0", 3, "10.0.0.7", 8);
const auto kRadio6 = local("wlan0", 3, "fe80::7", 64);

using Addresses = std::vector<LocalAddress>;
const Addresses kAll{kRadio6, kWireGlobal6, kWire, kLoopback6, kRadio, kLoopback, kWire6};

} // namespace

TEST_CASE("Link takes part on every IPv4 address, and on link-local IPv6")
{
  CHECK(linkAddresses(kAll, {}) == Addresses{kRadio, kLoopback, kWire, kRadio6, kWire6});
}

TEST_CASE("An interface with IPv6 only is used as well")
{
  CHECK(linkAddresses({kWire6}, {}) == Addresses{kWire6});
}

TEST_CASE("Named interfaces are the only ones that count")
{
  CHECK(linkAddresses(kAll, {"eth0"}) == Addresses{kWire, kWire6});
  CHECK(linkAddresses(kAll, {"lo", "wlan0"}) == Addresses{kRadio, kLoopback, kRadio6});
  CHECK(linkAddresses(kAll, {"eth9"}).empty());
}

TEST_CASE("An address that the system tells twice is used once")
{
  CHECK(linkAddresses({kWire, kRadio, kWire}, {}) == Addresses{kRadio, kWire});
  const auto bridged = local("br0", 9, "192.168.1.20", 24);
  CHECK(linkAddresses({bridged, kWire}, {}) == Addresses{kWire});
}

TEST_CASE("From scan to scan what came and what went is told, the rest left alone")
{
  const Addresses none;
  const Addresses first{kRadio};
  const Addresses both{kRadio, kWire};

  CHECK(addressChanges(none, none).added.empty());
  CHECK(addressChanges(none, first).added == first);
  CHECK(addressChanges(first, both).added == Addresses{kWire});
  CHECK(addressChanges(first, both).removed.empty());
  CHECK(addressChanges(both, both).added.empty());
  CHECK(addressChanges(both, both).removed.empty());

  const auto swapped = addressChanges(first, {kWire});
  CHECK(swapped.added == Addresses{kWire});
  CHECK(swapped.removed == first);
}

TEST_CASE("On the link is who shares the subnet")
{
  const auto at = [](const char* text) { return *IpAddress::parse(text); };
  CHECK(kWire.isOnLink(at("192.168.1.1")));
  CHECK_FALSE(kWire.isOnLink(at("192.168.2.1")));
  CHECK_FALSE(kWire.isOnLink(at("8.8.8.8")));
  CHECK_FALSE(kWire.isOnLink(at("fe80::1")));
  CHECK(kRadio.isOnLink(at("10.200.3.4")));
  CHECK(kRadio6.isOnLink(at("fe80::99")));
  CHECK_FALSE(kRadio6.isOnLink(at("2001:db8::1")));
  CHECK(kLoopback.isOnLink(at("127.0.0.1")));
}

TEST_CASE("This machine has its loopback")
{
  const auto all = localAddresses();
  const auto loopback = std::ranges::find(all, *IpAddress::parse("127.0.0.1"), &LocalAddress::address);
  REQUIRE(loopback != all.end());
  CHECK(loopback->isLoopback());
  CHECK(loopback->prefixBits == 8);
  CHECK(loopback->interfaceIndex != 0);
}

TEST_CASE("Link-local IPv6 addresses of this machine carry the scope of their interface")
{
  for (const auto& local : localAddresses()) {
    CAPTURE(local.interfaceName, local.address.text());
    CHECK_FALSE(local.interfaceName.empty());
    CHECK(local.prefixBits <= (local.address.isV4() ? 32U : 128U));
    if (local.address.isV4() || !local.address.isLinkLocal()) continue;
    CHECK(local.address.scope() == local.interfaceIndex);
  }
}

TEST_CASE("An adapter that was replugged between two scans is a new one, though its address is the old")
{
  const auto replugged = local("eth0", 8, "192.168.1.20", 24);
  const auto changes = addressChanges({kWire}, {replugged});
  CHECK(changes.removed == Addresses{kWire});
  CHECK(changes.added == Addresses{replugged});
}

TEST_CASE("A changed netmask is a change of who lives next door")
{
  const auto wider = local("eth0", 2, "192.168.1.20", 16);
  const auto changes = addressChanges({kWire}, {wider});
  CHECK(changes.removed == Addresses{kWire});
  CHECK(changes.added == Addresses{wider});
}
