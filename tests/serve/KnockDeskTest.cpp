#include <Catch.hpp>
#include <chrono>

#include "KnockDesk.hpp"

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;
using room::wire::KnockReply;
using room::wire::KnockRequest;
using room::wire::Refusal;

namespace {

constexpr auto kNow = HostTime{} + 1h;
const IpAddress kHere = IpAddress::v4({203, 0, 113, 7});
const IpAddress kElsewhere = IpAddress::v4({203, 0, 113, 8});
const std::string kWish = KnockRequest{40001, 40002, {}}.encode();

/// A server whose hands are ours.
struct Server {
  Directory::Answer ask(const std::string& body = kWish, const IpAddress& from = kHere, HostTime now = kNow)
  {
    const auto answer = desk.ask({"POST", "/v1/knock", body, from}, now);
    REQUIRE(answer);
    return *answer;
  }

  std::vector<Endpoint> knockedAt;
  std::function<void()> meanwhile;
  KnockDesk desk{[this](const IpAddress& address, const KnockRequest& request) {
    knockedAt.push_back({address, request.tcp});
    if (meanwhile) meanwhile();
    return KnockReply{IpAddress::v4({192, 0, 2, 99}), true, false};
  }};
};

} // namespace

TEST_CASE("Who asks is knocked at where the question came from, and is told from where that was")
{
  Server server;
  const auto answer = server.ask();
  CHECK(answer.status == 200);
  const auto reply = KnockReply::parse(answer.body);
  REQUIRE(reply);
  CHECK(reply->seen == kHere);
  CHECK(reply->isTcpOpen);
  CHECK_FALSE(reply->isUdpOpen);
  CHECK(server.knockedAt == std::vector<Endpoint>{{kHere, 40001}});
}

TEST_CASE("Nobody can name another address: what is asked for beyond ports is not read")
{
  Server server;
  server.ask(
    R"({"tcp":40001,"udp":40002,"number":"AAAAAAAAAAAAAAAA","address":"198.51.100.9","seen":"198.51.100.9"})");
  CHECK(server.knockedAt == std::vector<Endpoint>{{kHere, 40001}});
}

TEST_CASE("A household is knocked at six times a minute, and keeps nobody else waiting")
{
  Server server;
  for (int i = 0; i < 6; ++i) CHECK(server.ask().status == 200);
  const auto tooMuch = server.ask();
  CHECK(tooMuch.status == 429);
  CHECK(Refusal::parse(tooMuch.body)->code == "too-fast");
  CHECK(server.knockedAt.size() == 6);
  CHECK(server.ask(kWish, kElsewhere).status == 200);
  CHECK(server.ask(kWish, kHere, kNow + 10s).status == 200);
  CHECK(server.ask(kWish, kHere, kNow + 10s).status == 429);
}

TEST_CASE("Neighbours of one IPv6 network count as one household")
{
  Server server;
  for (int i = 0; i < 6; ++i)
    CHECK(server.ask(kWish, *IpAddress::parse("2001:db8::" + std::to_string(i + 1))).status == 200);
  CHECK(server.ask(kWish, *IpAddress::parse("2001:db8::77")).status == 429);
}

TEST_CASE("Doors that are not outside, services of others, and questions that are none")
{
  Server server;
  for (const auto* from : {"127.0.0.1", "::1", "0.0.0.0", "::", "224.0.0.1", "169.254.3.4", "fe80::1"}) {
    INFO(from);
    CHECK(server.ask(kWish, *IpAddress::parse(from)).status == 403);
  }
  CHECK(server.ask("").status == 400);
  CHECK(server.ask("{}").status == 400);
  CHECK(server.ask(R"({"tcp":22,"udp":40002,"number":"AAAAAAAAAAAAAAAA"})").status == 400);
  CHECK(server.desk.ask({"GET", "/v1/knock", {}, kHere}, kNow)->status == 405);
  CHECK_FALSE(server.desk.ask({"POST", "/v1/rooms", kWish, kHere}, kNow));
  CHECK(server.knockedAt.empty());
}

TEST_CASE("Only so many knocks are under way at the same time")
{
  Server server;
  int refusals = 0;
  std::uint8_t household = 1;
  server.meanwhile = [&] {
    const auto status = server.ask(kWish, IpAddress::v4({198, 51, 100, household++})).status;
    refusals += status == 503 ? 1 : 0;
  };
  server.ask();
  CHECK(refusals == 1);
  CHECK(server.knockedAt.size() == KnockDesk::kMostAtOnce);
  server.meanwhile = {};
  CHECK(server.ask(kWish, kElsewhere).status == 200);
}
