// Members who find no other way reach each other by TURN servers; and nobody is bothered by those.
#include <Catch.hpp>

#include "Homes.hpp"
#include "Villain.hpp"

using namespace tutti;
using namespace tutti::room;
using namespace tutti::test;
using namespace std::chrono_literals;

namespace {

/// Anna and Ben, each behind a router that takes another port for each target: no hole helps.
struct Apart {
  enum class Forwarder { there, away };

  explicit Apart(Forwarder forwarder = Forwarder::there, Router kind = Router::symmetric)
    : annasHome{kind, 10}
    , bensHome{kind, 20}
    , server{cutOff(stage, forwarder).addRelays(1)}
    , anna{stage.join("Anna", annasHome.place())}
    , ben{stage.join("Ben", bensHome.place())}
  {
    if (forwarder == Forwarder::there) stage.run(1); // it has shown them how the world sees them
  }

  void giveLeaves()
  {
    stage.giveLeave(anna, server);
    stage.giveLeave(ben, server);
  }
  /// Nothing is reached but the TURN server.
  void wallUp()
  {
    anna.onlyTo = server.at;
    ben.onlyTo = server.at;
  }
  /// Something between them lets nothing through but what goes to servers.
  static Rehearsal& cutOff(Rehearsal& stage, Forwarder forwarder)
  {
    stage.isLanOpen = false;
    stage.isForwarderThere = forwarder == Forwarder::there;
    return stage;
  }
  bool isBoth(PathKind kind) { return pathOf(stage, anna) == kind && pathOf(stage, ben) == kind; }
  double untilBoth(PathKind kind, double most)
  {
    const auto seconds = runUntil(stage, most, [&] { return isBoth(kind); });
    stage.run(0.5); // what has just begun to carry one way does so both ways
    return seconds;
  }

  Rehearsal stage;
  Home annasHome;
  Home bensHome;
  PretendRelays& server;
  Rehearsal::Player& anna;
  Rehearsal::Player& ben;
};

} // namespace

TEST_CASE("Two strict routers and no forwarder: by a relay, within three seconds")
{
  Apart apart{Apart::Forwarder::away};
  apart.giveLeaves();
  CHECK(apart.untilBoth(PathKind::turn, 4) <= 3);
  CHECK(missed(apart.stage, apart.anna, apart.ben, 2) == 0);
  CHECK(missed(apart.stage, apart.ben, apart.anna, 2) == 0);
}

TEST_CASE("One relay is enough for two")
{
  Apart apart;
  apart.stage.isForwarderThere = false;
  apart.stage.giveLeave(apart.anna, apart.server);
  CHECK(apart.untilBoth(PathKind::turn, 6) <= 4); // with what it takes to be sure that the forwarder is away
  CHECK(missed(apart.stage, apart.anna, apart.ben, 2) == 0);
  CHECK(missed(apart.stage, apart.ben, apart.anna, 2) == 0);
}

TEST_CASE("Where only the TURN server is there from the beginning, it also shows how the world sees us")
{
  Rehearsal stage;
  stage.isForwarderThere = false;
  stage.isLanOpen = false;
  auto& server = stage.addRelays(1);
  const Home home{Router::symmetric, 10};
  auto& anna = stage.join("Anna", home.place());
  stage.giveLeave(anna, server);
  stage.run(1);
  CHECK(anna.outside.size() == 2); // and the relay
  CHECK(anna.outside.front().address == IpAddress::v4({198, 51, 10, 7}));
}

TEST_CASE("Where networks let nothing out but to a TURN server, packets go from relay to relay")
{
  Apart apart{Apart::Forwarder::away};
  apart.wallUp();
  apart.giveLeaves();
  CHECK(apart.untilBoth(PathKind::turn, 4) <= 3);
  CHECK(missed(apart.stage, apart.anna, apart.ben, 2) == 0);
  CHECK(missed(apart.stage, apart.ben, apart.anna, 2) == 0);
  for (const auto& [there, packets] : apart.server.sentTo) CHECK(apart.server.livesAt(there));
}

TEST_CASE("A relay that is as near as the forwarder is preferred; the way there loses no packet")
{
  Apart apart;
  apart.stage.run(2);
  REQUIRE(apart.isBoth(PathKind::forwarder));
  apart.giveLeaves();
  CHECK(missed(apart.stage, apart.ben, apart.anna, 6) == 0);
  CHECK(apart.isBoth(PathKind::turn));
}

TEST_CASE("The move from a relay to the direct way loses no packet")
{
  Apart apart{Apart::Forwarder::there, Router::portRestricted};
  apart.giveLeaves();
  apart.untilBoth(PathKind::turn, 5);
  REQUIRE(apart.isBoth(PathKind::turn));
  apart.stage.run(5); // they have given up to ask directly
  apart.stage.isLanOpen = true;
  CHECK(missed(apart.stage, apart.ben, apart.anna, 35) ==
        0); // they begin anew half a minute after a new card
  CHECK(apart.isBoth(PathKind::direct));
}

TEST_CASE(
  "A TURN server that dies is replaced by the forwarder within a second, and used again when it is back")
{
  Apart apart;
  apart.giveLeaves();
  apart.untilBoth(PathKind::turn, 6);
  REQUIRE(apart.isBoth(PathKind::turn));
  CHECK(missed(apart.stage, apart.ben, apart.anna, 1) == 0); // who hears nothing cannot miss it
  apart.server.isAway = true;
  CHECK(missed(apart.stage, apart.ben, apart.anna, 3) <= 100);
  CHECK(apart.isBoth(PathKind::forwarder));
  CHECK(missed(apart.stage, apart.ben, apart.anna, 5) == 0);
  apart.server.restart();
  apart.server.isAway = false;
  runUntil(apart.stage, 60, [&] { // it is asked for leave again, which a directory gives at once
    for (auto* player : {&apart.anna, &apart.ben})
      if (std::exchange(player->leavesAsked, 0) > 0) apart.stage.giveLeave(*player, apart.server);
    return apart.isBoth(PathKind::turn);
  });
  CHECK(apart.isBoth(PathKind::turn));
}

TEST_CASE("A TURN server that has started anew costs less than a second, where there is nothing else")
{
  Apart apart{Apart::Forwarder::away};
  apart.wallUp();
  apart.giveLeaves();
  apart.untilBoth(PathKind::turn, 4);
  REQUIRE(apart.isBoth(PathKind::turn));
  apart.server.restart();
  CHECK(missed(apart.stage, apart.ben, apart.anna, 4) <=
        150); // with what the directory takes to pass cards on
  CHECK(apart.anna.relaysOpened.size() == 2);
  CHECK(missed(apart.stage, apart.ben, apart.anna, 1) == 0);
}

TEST_CASE("A relay that ends with its credentials is replaced by another one, without a gap")
{
  Apart apart;
  apart.stage.isForwarderThere = false;
  apart.stage.giveLeave(apart.anna, apart.server, "anna", apart.stage.nowOf(apart.anna) + 40s);
  apart.untilBoth(PathKind::turn, 6);
  REQUIRE(apart.isBoth(PathKind::turn));
  REQUIRE(apart.anna.leavesAsked == 0);
  runUntil(apart.stage, 40, [&] { return apart.anna.leavesAsked > 0; });
  REQUIRE(apart.anna.leavesAsked > 0);
  CHECK(apart.stage.time.now() < 40e6); // in good time
  apart.server.admit("berta");
  apart.stage.giveLeave(apart.anna, apart.server, "berta", apart.stage.nowOf(apart.anna) + 1h);
  apart.stage.run(45 - apart.stage.time.now() / 1e6);
  apart.server.strike("anna");
  CHECK(missed(apart.stage, apart.ben, apart.anna, 40) == 0);
  CHECK(missed(apart.stage, apart.anna, apart.ben, 2) == 0);
  CHECK(apart.anna.relaysOpened.size() == 2);
}

TEST_CASE("Who leaves gives the relay back")
{
  Apart apart;
  apart.giveLeaves();
  apart.stage.run(2);
  REQUIRE(apart.server.relays(apart.stage.serverNow()) == 2);
  apart.stage.performRelays(apart.anna, apart.anna.relays.release(apart.stage.nowOf(apart.anna)));
  apart.stage.run(0.5);
  CHECK(apart.server.relays(apart.stage.serverNow()) == 1);
  CHECK(apart.anna.relays.areGone());
}

TEST_CASE(
  "Who claims to be reached by others' addresses makes relay and socket together send seven checks there")
{
  Rehearsal stage; // spec room R-14
  const Home home{Router::none, 10};
  auto& anna = stage.join("Anna", home.place());
  Villain villain{stage, anna};
  const Endpoint relay{IpAddress::v4({192, 0, 2, 1}), 50'000};
  villain.count(anna.ensemble->relayOpened(relay, villain.now));
  std::vector<Endpoint> others;
  for (std::uint8_t i = 0; i < 8; ++i) others.push_back({IpAddress::v4({203, 0, 113, i}), 7000});
  villain.claim(others, 8);
  for (const auto& there : others) villain.count(anna.ensemble->relayReaches(relay, there, villain.now));
  villain.pass(29s);
  CHECK(villain.sent.size() == 8);
  for (const auto& [there, checks] : villain.sent) CHECK(checks == 7);
}

TEST_CASE("A relay is made to let through only what cards tell, and nothing that is its own")
{
  Rehearsal stage; // spec room R-14
  const Home home{Router::none, 10};
  auto& anna = stage.join("Anna", home.place());
  Villain villain{stage, anna};
  const Endpoint there{IpAddress::v4({203, 0, 113, 7}), 7000};
  villain.claim({{IpAddress::v4({10, 0, 0, 1}), 7000},
                 {IpAddress::v4({192, 168, 1, 1}), 7000},
                 {IpAddress::v4({169, 254, 1, 1}), 7000},
                 {IpAddress::v4({127, 0, 0, 1}), 7000},
                 {IpAddress::v4({224, 0, 0, 1}), 7000},
                 there});
  CHECK(villain.permitted.empty()); // there is no relay
  villain.count(anna.ensemble->relayOpened({IpAddress::v4({192, 0, 2, 1}), 50'000}, villain.now));
  CHECK(villain.permitted == std::vector{there});
}

TEST_CASE("Two members at one address are let through as one, whoever of them leaves")
{
  Rehearsal stage;
  const Home home{Router::none, 10};
  auto& anna = stage.join("Anna", home.place());
  Villain villain{stage, anna};
  const Endpoint one{IpAddress::v4({203, 0, 113, 7}), 7000};
  const Endpoint other{IpAddress::v4({203, 0, 113, 7}), 7001};
  villain.count(anna.ensemble->relayOpened({IpAddress::v4({192, 0, 2, 1}), 50'000}, villain.now));
  villain.claim({one, other});
  REQUIRE(villain.permitted.size() == 1);
  const auto before = villain.permitted;
  villain.claim({before[0] == one ? other : one});
  CHECK(villain.permitted == before);
  villain.claim({});
  CHECK(villain.permitted.empty());
}

TEST_CASE("A member that asks by our relay in the name of others' addresses aims no flood at them")
{
  Rehearsal stage; // spec room R-14
  const Home home{Router::none, 10};
  auto& anna = stage.join("Anna", home.place());
  Villain villain{stage, anna};
  const Endpoint relay{IpAddress::v4({192, 0, 2, 1}), 50'000};
  const Endpoint there{IpAddress::v4({203, 0, 113, 99}), 7000};
  villain.claim({});
  villain.count(anna.ensemble->relayOpened(relay, villain.now));
  for (int i = 0; i < 6000; ++i) { // a hundred a second
    villain.askFrom({there, relay});
    villain.pass(10ms);
  }
  const std::size_t answers = 50 + 50 * 60;
  CHECK(villain.all > 0);
  CHECK(villain.all <= answers + 112 + 2 * 60);
}
