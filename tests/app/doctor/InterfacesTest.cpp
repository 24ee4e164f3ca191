#include "doctor/Interfaces.hpp"

#include "Judged.hpp"

namespace tutti::app {
namespace {

InterfaceFacts interface(std::string name, const std::vector<std::string>& addresses)
{
  InterfaceFacts facts;
  facts.isLoopback = name == "lo";
  facts.name = std::move(name);
  facts.isUp = facts.isRunning = true;
  for (const auto& address : addresses) facts.used.push_back(*IpAddress::parse(address));
  return facts;
}

const auto kLoopback = interface("lo", {"127.0.0.1"});
const auto kCable = interface("eth0", {"192.168.1.20", "fe80::1"});

} // namespace

TEST_CASE("A cable and the loopback are all that is needed")
{
  const auto findings = judge(std::vector{kLoopback, kCable});
  CHECK(severities(findings) == Severities{kOk, kOk});
  CHECK(findings[1].what == "eth0 (192.168.1.20, fe80::1) is used.");
}

TEST_CASE("Wi-Fi is good, a cable better")
{
  auto wifi = interface("wlan0", {"192.168.1.21"});
  wifi.isWireless = true;
  const auto findings = judge(std::vector{kLoopback, wifi});
  REQUIRE(severities(findings) == Severities{kOk, kNotice});
  CHECK(findings[1].cure.find("cable") != std::string::npos);
}

TEST_CASE("Without the loopback the programs of this machine do not meet")
{
  auto down = kLoopback;
  down.used.clear();
  CHECK(severities(judge(std::vector{down, kCable})) == Severities{kOk, kProblem});
  CHECK(severities(judge(std::vector{kCable})) == Severities{kOk, kProblem});
}

TEST_CASE("A machine on no network is told so")
{
  const auto findings = judge(std::vector{kLoopback});
  REQUIRE(severities(findings) == Severities{kOk, kNotice});
  CHECK(findings[1].what == "This machine is on no network.");
}

TEST_CASE("An interface that is off is nobody's business, one that is not connected is")
{
  auto off = interface("eth1", {});
  off.isUp = off.isRunning = false;
  auto unplugged = interface("eth2", {});
  unplugged.isRunning = false;
  const auto withoutAddress = interface("eth3", {});
  CHECK(severities(judge(std::vector{kLoopback, kCable, off, unplugged, withoutAddress})) ==
        Severities{kOk, kOk, kOk, kNotice, kNotice});
}

TEST_CASE("This machine's interfaces can be asked for")
{
  const auto found = probeInterfaces();
  REQUIRE_FALSE(found.empty());
  for (const auto& one : found) CHECK((one.used.empty() || (one.isUp && one.isRunning)));
}

} // namespace tutti::app
