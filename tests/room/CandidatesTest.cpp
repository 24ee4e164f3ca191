#include <Catch.hpp>
#include <tutti/room/Candidates.hpp>

using namespace tutti;
using namespace tutti::room;
using discovery::LocalAddress;

namespace {

IpAddress address(std::string_view text)
{
  return IpAddress::parse(text).value();
}

const std::vector<LocalAddress> kStage{{"lo", 1, address("127.0.0.1"), 8},
                                       {"eth0", 2, address("192.168.1.20"), 24},
                                       {"eth0", 2, address("fe80::20").withScope(2), 64}};
const std::vector<LocalAddress> kAlone{{"lo", 1, address("127.0.0.1"), 8}};

bool isTried(std::string_view text, std::uint16_t port = 4711)
{
  return !reachable({{address(text), port}}, kStage).empty();
}

} // namespace

TEST_CASE("We may be reached at our addresses, loopback left out")
{
  const auto candidates = ownCandidates(kStage, 4711);
  REQUIRE(candidates.size() == 2);
  CHECK(candidates[0] == Endpoint{address("192.168.1.20"), 4711});
  CHECK(candidates[1].address.isLinkLocal());
}

TEST_CASE("On a machine without network two members meet on loopback")
{
  CHECK(ownCandidates(kAlone, 7) == std::vector<Endpoint>{{address("127.0.0.1"), 7}});
  CHECK(reachable({{address("127.0.0.1"), 7}}, kAlone).size() == 1);
}

TEST_CASE("How the world sees us stands in our card, however many addresses we have")
{
  std::vector<LocalAddress> crowded;
  for (std::uint8_t i = 1; i < 20; ++i) crowded.push_back({"eth0", 2, IpAddress::v4({10, 0, i, 1}), 24});
  const Endpoint outside{address("203.0.113.7"), 40000};
  const Endpoint relayed{address("198.51.100.9"), 50001};
  const auto candidates = cardCandidates(crowded, 4711, {outside, outside, relayed});
  REQUIRE(candidates.size() == 8);
  CHECK(candidates[5] == Endpoint{address("10.0.6.1"), 4711});
  CHECK(candidates[6] == outside);
  CHECK(candidates[7] == relayed);
}

TEST_CASE("A server beside us sees what we know, or what is of use to nobody else")
{
  const auto own = ownCandidates(kStage, 4711);
  CHECK(cardCandidates(kStage, 4711, {{address("192.168.1.20"), 4711}}) == own);
  CHECK(cardCandidates(kStage, 4711, {{address("::ffff:192.168.1.20"), 4711}}) == own);
  CHECK(cardCandidates(kStage, 4711, {{address("127.0.0.1"), 4711}}) == own);
  CHECK(cardCandidates(kStage, 4711, {{address("224.0.0.7"), 4711}}) == own);
  CHECK(cardCandidates(kStage, 4711, {{address("fe80::9"), 4711}}) == own);
  CHECK(cardCandidates(kStage, 4711, {{address("203.0.113.7"), 0}}) == own);
}

TEST_CASE("Nobody makes us send where it could harm")
{
  CHECK(isTried("192.168.1.21"));
  CHECK(isTried("8.8.8.8"));
  CHECK(isTried("2001:db8::1"));
  CHECK_FALSE(isTried("192.168.1.21", 0));
  CHECK_FALSE(isTried("127.0.0.1"));
  CHECK_FALSE(isTried("::1"));
  CHECK_FALSE(isTried("224.0.0.1"));
  CHECK_FALSE(isTried("ff02::1"));
  CHECK_FALSE(isTried("0.0.0.0"));
  CHECK_FALSE(isTried("0.1.2.3"));
  CHECK_FALSE(isTried("255.255.255.255"));
  CHECK_FALSE(isTried("192.168.1.255"));
  CHECK_FALSE(isTried("169.254.3.4")); // no link of ours
}

TEST_CASE("No IPv4 address gets through disguised as an IPv6 one") // spec room R-14
{
  CHECK_FALSE(isTried("::ffff:127.0.0.1"));
  CHECK_FALSE(isTried("::ffff:224.0.0.1"));
  CHECK_FALSE(isTried("::ffff:0.1.2.3"));
  CHECK_FALSE(isTried("::ffff:192.168.1.255"));
  const Endpoint plain{address("192.168.1.21"), 9};
  const auto tried = reachable({{address("::ffff:192.168.1.21"), 9}, plain}, kStage);
  CHECK(tried == std::vector{plain});
}

TEST_CASE("A link-local address is tried on its link only")
{
  const auto tried = reachable({{address("fe80::21"), 9}}, kStage);
  REQUIRE(tried.size() == 1);
  CHECK(tried.front().address.scope() == 2);
}

TEST_CASE("No more than eight are tried, each once")
{
  std::vector<Endpoint> many;
  for (std::uint16_t port = 1; port < 40; ++port) many.insert(many.end(), 2, {address("192.168.1.21"), port});
  CHECK(reachable(many, kStage).size() == 8);
}

TEST_CASE("Relays are counted at the end of what a card tells")
{
  const Endpoint home{address("192.168.1.20"), 4711};
  const Endpoint relay{address("203.0.113.9"), 50'000};
  const Endpoint other{address("203.0.113.10"), 50'000};
  CHECK(relaysAmong({home}, {relay}) == 0);
  CHECK(relaysAmong({home, relay}, {relay, other}) == 1);
  CHECK(relaysAmong({home, other, relay}, {relay, other}) == 2);
  CHECK(relaysAmong({relay, home}, {relay}) == 0);
}

TEST_CASE(
  "A relay sends to members in the world, never to its own machine, link or network") // spec room R-14
{
  const auto relay = address("203.0.113.9");
  CHECK(mayBeRelayed(address("198.51.100.9"), relay));
  CHECK(mayBeRelayed(relay, relay)); // two members at one server
  for (const auto* inner :
       {"127.0.0.1", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.1.1",
        "224.0.0.1", "255.255.255.255", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::1", "2001:db8::1"})
    CHECK_FALSE(mayBeRelayed(address(inner), relay));
  CHECK(mayBeRelayed(address("10.1.2.3"), address("10.9.9.9"))); // a house with a relay of its own
  CHECK_FALSE(mayBeRelayed(address("127.0.0.1"), address("10.9.9.9")));
  CHECK(mayBeRelayed(address("2001:db8::1"), address("2001:db8::9")));
  CHECK_FALSE(mayBeRelayed(address("fd00::1"), address("2001:db8::9")));
}
