#include <Catch.hpp>
#include <atomic>
#include <ctime>
#include <thread>
#include <vector>

#include "SharedSecret.hpp"
#include "TurnAnswers.hpp"

using namespace tutti;
using namespace tutti::serve;

namespace {

const std::vector<room::TurnUrl> kServers{*room::TurnUrl::parse("turn:a"), *room::TurnUrl::parse("turns:a")};
const TurnOptions kShared{kServers, TurnOptions::SharedSecret{"topsecret"}};
const TurnOptions kStatic{kServers, TurnOptions::StaticUser{"band", "amber"}};
const TurnOptions kProvider{{}, TurnOptions::Provider{"https://turn.example.com/", "token"}};

GrantReply nobodyAsked(const TurnOptions::Provider&, std::uint32_t)
{
  FAIL("there is no provider to ask");
  return NoGrant{};
}

room::TurnGrant granted(const GrantReply& reply)
{
  REQUIRE(std::holds_alternative<room::TurnGrant>(reply));
  return std::get<room::TurnGrant>(reply);
}

} // namespace

TEST_CASE("With a shared secret each gets a name that ends by itself")
{
  TurnDesk desk{kShared, 3600, nobodyAsked};
  const auto before = std::time(nullptr);
  const auto grant = granted(desk.ask("anna"));
  const auto end = std::stoll(grant.username);
  CHECK(grant.username.ends_with(":anna"));
  CHECK(end >= before + 3600);
  CHECK(end <= std::time(nullptr) + 3600);
  CHECK(grant.password == TimedCredential::until(end, "anna", "topsecret").password);
  CHECK(grant.servers == kServers);
  CHECK(grant.secondsToLive == 3600);
}

TEST_CASE("With a static user everybody gets the same")
{
  TurnDesk desk{kStatic, 3600, nobodyAsked};
  const auto grant = granted(desk.ask("anna"));
  CHECK(grant.username == "band");
  CHECK(grant.password == "amber");
  CHECK(grant == granted(desk.ask("ben")));
}

TEST_CASE("Where there are no TURN servers, nobody gets anything, and is told so")
{
  TurnDesk desk{{}, 3600, nobodyAsked};
  CHECK(std::get<NoGrant>(desk.ask("anna")).status == 503);
  const auto member = turnAnswer(desk, "anna");
  CHECK(member.status == 503);
  CHECK(room::wire::Refusal::parse(member.body)->code == "no-turn");
  CHECK(olderTurnAnswer(desk).status == 503);
}

TEST_CASE("A provider is asked once for all who come at the same time")
{
  std::atomic<int> asked = 0;
  std::atomic<int> come = 0;
  constexpr int kBand = 8;
  TurnDesk desk{kProvider, 3600, [&](const TurnOptions::Provider& provider, std::uint32_t seconds) {
                  ++asked;
                  while (come < kBand) std::this_thread::yield();
                  CHECK(provider.token == "token");
                  return GrantReply{room::TurnGrant{kServers, "u", "p", seconds}};
                }};
  std::atomic<int> served = 0;
  std::vector<std::thread> band;
  for (int i = 0; i < kBand; ++i)
    band.emplace_back([&] {
      ++come;
      served += std::holds_alternative<room::TurnGrant>(desk.ask("x")) ? 1 : 0;
    });
  for (auto& musician : band) musician.join();
  CHECK(asked == 1);
  CHECK(served == kBand);
}

TEST_CASE("What a provider refuses is passed on to older programs, and said to members in a sentence")
{
  for (const int status : {401, 429, 502, 503}) {
    TurnDesk desk{kProvider, 3600, [&](const auto&, auto) { return GrantReply{NoGrant{status}}; }};
    CHECK(olderTurnAnswer(desk).status == status);
    const auto member = turnAnswer(desk, "anna");
    CHECK(member.status == 502);
    CHECK(room::wire::Refusal::parse(member.body)->code == "turn-away");
  }
}

TEST_CASE("Members hear how long their leave lasts; older programs get what they know")
{
  TurnDesk desk{kShared, 3600, nobodyAsked};
  const auto member = turnAnswer(desk, "anna");
  CHECK(member.status == 200);
  CHECK(room::TurnGrant::parse(member.body)->secondsToLive == 3600);
  const auto older = olderTurnAnswer(desk);
  CHECK(older.status == 200);
  CHECK(older.body.starts_with(R"({"iceServers":{"urls":["turn:a:3478?transport=udp","turns:)"));
  CHECK(older.body.find("ttl") == std::string::npos);
}
