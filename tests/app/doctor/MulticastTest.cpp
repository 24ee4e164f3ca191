#include "doctor/Multicast.hpp"

#include "Judged.hpp"

namespace tutti::app {
namespace {

MulticastFacts facts(MulticastFacts::Outcome outcome, std::string reason = "")
{
  return {"eth0", IpAddress::v4({10, 0, 0, 1}), outcome, std::move(reason)};
}

} // namespace

TEST_CASE("Multicast that is not heard, or refused, prevents playing")
{
  using Outcome = MulticastFacts::Outcome;
  const auto findings =
    judge(std::vector{facts(Outcome::heard), facts(Outcome::silent), facts(Outcome::failed, "No route.")});
  REQUIRE(severities(findings) == Severities{kOk, kProblem, kProblem});
  CHECK(findings[0].what == "Multicast works on eth0 (10.0.0.1).");
  CHECK(findings[2].what == "Multicast fails on eth0 (10.0.0.1): No route.");
}

TEST_CASE("Our own multicast is heard on the loopback")
{
  const auto found = probeMulticast({{"lo", 1, IpAddress::v4({127, 0, 0, 1}), 8}});
  REQUIRE(found.size() == 1);
  INFO(found.front().reason);
  CHECK(found.front().outcome == MulticastFacts::Outcome::heard);
}

TEST_CASE("An address that is not ours fails with the system's word")
{
  const auto found = probeMulticast({{"nowhere", 9999, IpAddress::v4({203, 0, 113, 7}), 24}});
  REQUIRE(found.size() == 1);
  CHECK(found.front().outcome == MulticastFacts::Outcome::failed);
  CHECK_FALSE(found.front().reason.empty());
}

} // namespace tutti::app
