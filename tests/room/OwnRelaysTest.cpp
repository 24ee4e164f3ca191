#include <Catch.hpp>
#include <tutti/core/ByteString.hpp>

#include "RelayStory.hpp"

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;
using net::TurnClient;
using test::RelayStory;
using R = OwnRelays;
using Transport = TurnUrl::Transport;

TEST_CASE("Leave to use TURN servers is asked for once; a room without any is not asked again")
{
  RelayStory story;
  story.perform(story.relays.start(story.now));
  CHECK(story.count<R::AskForLeave>() == 1);
  story.perform(story.relays.leaveRefused(R::Refusal::forGood, story.now));
  story.pass(10min);
  CHECK(story.count<R::AskForLeave>() == 1);
  story.perform(story.relays.start(story.now)); // the directory was away: it may have some by now
  CHECK(story.count<R::AskForLeave>() == 2);
}

TEST_CASE("A directory that has no leave for now is asked again, ever more patiently")
{
  RelayStory story;
  story.perform(story.relays.start(story.now));
  for (auto minutes = 0; minutes < 600; ++minutes) {
    const auto before = story.count<R::AskForLeave>();
    story.perform(story.relays.leaveRefused(R::Refusal::forNow, story.now));
    while (story.count<R::AskForLeave>() == before && minutes < 600) {
      story.pass(1min);
      ++minutes;
    }
  }
  CHECK(story.count<R::AskForLeave>() > 10);
  CHECK(story.count<R::AskForLeave>() < 80);
}

TEST_CASE("A relay is opened, and reaches whom the room wants")
{
  RelayStory story;
  story.give({RelayStory::server(1)});
  story.pass(200ms);
  REQUIRE(story.count<R::Opened>() == 1);
  const auto relay = story.all<R::Opened>()[0].relay;
  CHECK_FALSE(story.carries(relay, story.ben));
  story.perform(story.relays.reach({story.ben}, {}, story.now));
  story.pass(200ms);
  REQUIRE(story.count<R::Reaches>() >= 1);
  CHECK(story.all<R::Reaches>()[0].relay == relay);
  CHECK(story.all<R::Reaches>()[0].peer == story.ben);
  CHECK(story.carries(relay, story.ben));
  auto& server = story.relayAt(RelayStory::server(1).at, R::Port::media);
  CHECK(server.channels().empty());
  story.perform(story.relays.reach({story.ben}, {story.ben}, story.now)); // media goes there now
  story.pass(200ms);
  CHECK(server.channels().size() == 1);
  story.perform(story.relays.reach({}, {}, story.now));
  CHECK_FALSE(story.carries(relay, story.ben));
}

TEST_CASE("A peer that has had a channel is heard by it, also when it is not in use for a while")
{
  RelayStory story;
  const Endpoint otherDoor{story.ben.address, 7001};
  story.give({RelayStory::server(1)});
  story.perform(story.relays.reach({story.ben}, {otherDoor}, story.now));
  story.pass(500ms);
  const auto relay = story.all<R::Opened>()[0].relay;
  const auto channels = story.relayAt(RelayStory::server(1).at, R::Port::media).channels();
  REQUIRE(channels.size() == 1);
  story.perform(story.relays.reach({story.ben}, {}, story.now)); // sound takes another way
  ByteString packet;
  ByteStringWriter out{packet};
  out.u16(channels.begin()->first);
  out.u16(2);
  out.u16(0);
  const auto heard = [&] {
    const auto uses = story.all<R::UseCarriers>();
    return uses.back().carriers[0].routes.unwrap(packet, RelayStory::server(1).at);
  };
  REQUIRE(heard());
  CHECK(heard()->peer == otherDoor);
  story.perform(story.relays.reach({}, {}, story.now)); // Ben has left
  CHECK_FALSE(heard());
  CHECK_FALSE(story.carries(relay, story.ben));
}

TEST_CASE("Where datagrams do not pass, connections are tried, one after the other")
{
  RelayStory story;
  const auto udp = RelayStory::server(1);
  const auto tcp = RelayStory::server(1, Transport::tcp);
  const auto tls = RelayStory::server(1, Transport::tls);
  story.silent.insert(udp.at);
  story.give({udp, tcp, tls});
  story.perform(story.relays.reach({story.ben}, {}, story.now));
  story.pass(900ms);
  CHECK(story.count<R::Connect>() == 0);
  story.pass(200ms);
  REQUIRE(story.count<R::Connect>() == 1);
  CHECK(story.all<R::Connect>()[0].server == tcp);
  const auto first = story.all<R::Connect>()[0].number;
  story.perform(
    story.relays.hearConnection(first, TurnClient::Lost{{ErrorKind::unavailable, "No."}}, story.now));
  REQUIRE(story.count<R::Connect>() == 2);
  CHECK(story.all<R::Connect>()[1].server == tls);
  const auto second = story.all<R::Connect>()[1].number;
  REQUIRE(story.count<R::Disconnect>() == 1);
  CHECK(story.all<R::Disconnect>()[0].number == first);
  const Endpoint relay{IpAddress::v4({192, 0, 2, 1}), 50'000};
  story.perform(story.relays.hearConnection(second, TurnClient::Relayed{relay, {}}, story.now));
  REQUIRE(story.count<R::Opened>() == 1);
  CHECK(story.all<R::Opened>()[0].relay == relay);
  const auto told = story.all<R::Tell>();
  CHECK(std::ranges::any_of(told, [&](const R::Tell& tell) {
    return tell.number == second && tell.what == R::Tell::What::permit && tell.peer == story.ben;
  }));
  const auto carriers = story.all<R::UseCarriers>().back().carriers;
  REQUIRE(carriers.size() == 1);
  CHECK(carriers[0].isConnection);
  CHECK(carriers[0].number == second);
}

TEST_CASE("Where no server answers, the directory is asked for others")
{
  RelayStory story;
  story.silent = {RelayStory::server(1).at, RelayStory::server(2).at};
  story.give({RelayStory::server(1), RelayStory::server(2)});
  story.pass(10s);
  CHECK(story.count<R::Opened>() == 0);
  CHECK(story.count<R::AskForLeave>() == 1);
  story.give({RelayStory::server(3)});
  story.pass(200ms);
  CHECK(story.count<R::Opened>() == 1);
}

TEST_CASE("A server that refuses its name has others after it")
{
  RelayStory story;
  story.relayAt(RelayStory::server(1).at, R::Port::media).users.clear();
  story.give({RelayStory::server(1), RelayStory::server(2)});
  story.pass(500ms);
  REQUIRE(story.count<R::Opened>() == 1);
  CHECK(story.all<R::UseCarriers>().back().carriers[0].routes.server() == RelayStory::server(2).at);
}

TEST_CASE("A server that has started anew is found out as soon as it is suspected")
{
  RelayStory story;
  story.give({RelayStory::server(1)});
  story.perform(story.relays.reach({story.ben}, {}, story.now));
  story.pass(1s);
  const auto relay = story.all<R::Opened>()[0].relay;
  story.relayAt(RelayStory::server(1).at, R::Port::media).restart();
  story.perform(story.relays.suspect(relay, story.now));
  story.pass(300ms);
  REQUIRE(story.count<R::Lost>() == 1);
  CHECK(story.all<R::Lost>()[0].relay == relay);
  REQUIRE(story.count<R::Opened>() == 2);
  const auto other = story.all<R::Opened>()[1].relay;
  CHECK(other != relay);
  CHECK(story.carries(other, story.ben));
}

TEST_CASE("A suspected server that does not answer is left for another one")
{
  RelayStory story;
  story.give({RelayStory::server(1), RelayStory::server(2)});
  story.pass(1s);
  const auto relay = story.all<R::Opened>()[0].relay;
  story.silent.insert(RelayStory::server(1).at);
  story.perform(story.relays.suspect(relay, story.now));
  story.pass(5s);
  CHECK(story.all<R::Lost>()[0].relay == relay);
  REQUIRE(story.count<R::Opened>() == 2);
  CHECK(story.all<R::UseCarriers>().back().carriers[0].routes.server() == RelayStory::server(2).at);
}

TEST_CASE(
  "A relay that ends with its name is replaced from another port, and let go when everybody has moved")
{
  RelayStory story;
  const auto server = RelayStory::server(1);
  story.give({server}, story.now + 40s);
  story.perform(story.relays.reach({story.ben}, {}, story.now));
  story.pass(35s);
  CHECK(story.count<R::AskForLeave>() >= 1); // in good time
  for (const auto port : {R::Port::media, R::Port::spare})
    story.relayAt(server.at, port).users["berta"] = "secret";
  story.give({server}, story.now + 1h, "berta");
  story.pass(10s);
  for (const auto port : {R::Port::media, R::Port::spare}) story.relayAt(server.at, port).users.erase("anna");
  story.pass(40s);
  const auto opened = story.all<R::Opened>();
  REQUIRE(opened.size() == 2);
  REQUIRE(story.count<R::Retires>() == 1);
  CHECK(story.all<R::Retires>()[0].relay == opened[0].relay);
  REQUIRE(story.count<R::Lost>() == 1);
  CHECK(story.all<R::Lost>()[0].relay == opened[0].relay);
  const auto at = [&](const auto& isIt) {
    return std::ranges::find_if(story.events, [&](const auto& event) { return isIt(event.second); })->first;
  };
  const auto second = at([&](const R::Action& action) {
    const auto* one = std::get_if<R::Opened>(&action);
    return one != nullptr && one->relay == opened[1].relay;
  });
  const auto lost = at([](const R::Action& action) { return std::holds_alternative<R::Lost>(action); });
  CHECK(lost - second >= 4s); // cards and checks have had their time
  CHECK(story.carries(opened[1].relay, story.ben));
}

TEST_CASE("A connection whose name ends is followed by another one, before it ends")
{
  RelayStory story;
  const auto server = RelayStory::server(1, Transport::tls);
  story.give({server});
  const auto first = story.all<R::Connect>()[0].number;
  const Endpoint relay{IpAddress::v4({192, 0, 2, 1}), 50'000};
  const Endpoint other{IpAddress::v4({192, 0, 2, 1}), 50'001};
  story.perform(story.relays.hearConnection(first, TurnClient::Relayed{relay, {}}, story.now));
  story.perform(story.relays.hearConnection(first, TurnClient::NeedsCredentials{}, story.now));
  CHECK(story.count<R::AskForLeave>() == 1);
  story.give({server}, story.now + 1h, "berta");
  REQUIRE(story.count<R::Connect>() == 2);
  CHECK(story.all<R::Connect>()[1].credentials.username == "berta");
  CHECK(story.count<R::Lost>() == 0);
  const auto second = story.all<R::Connect>()[1].number;
  story.perform(story.relays.hearConnection(second, TurnClient::Relayed{other, {}}, story.now));
  CHECK(story.count<R::Retires>() == 1);
  story.pass(4s);
  CHECK(story.count<R::Lost>() == 0);
  story.pass(2s);
  REQUIRE(story.count<R::Lost>() == 1);
  CHECK(story.all<R::Lost>()[0].relay == relay);
}

TEST_CASE("In another network everything is tried anew, and what was there serves meanwhile")
{
  RelayStory story;
  const auto udp = RelayStory::server(1);
  const auto tcp = RelayStory::server(1, Transport::tcp);
  const Endpoint relay{IpAddress::v4({192, 0, 2, 1}), 50'000};
  const Endpoint other{IpAddress::v4({192, 0, 2, 1}), 50'001};
  story.silent.insert(udp.at);
  story.give({udp, tcp});
  story.pass(1100ms);
  REQUIRE(story.count<R::Connect>() == 1);
  const auto first = story.all<R::Connect>()[0].number;
  story.perform(story.relays.hearConnection(first, TurnClient::Relayed{relay, {}}, story.now));
  story.perform(story.relays.networkChanged(story.now));
  story.pass(1100ms);
  REQUIRE(story.count<R::Connect>() == 2);
  CHECK(story.count<R::Lost>() == 0);
  const auto second = story.all<R::Connect>()[1].number;
  story.perform(story.relays.hearConnection(second, TurnClient::Relayed{other, {}}, story.now));
  CHECK(story.count<R::Retires>() == 1);
  story.silent.clear(); // the next network lets datagrams out
  story.perform(story.relays.networkChanged(story.now));
  story.pass(200ms);
  REQUIRE(story.count<R::Opened>() == 3);
  CHECK(story.count<R::Retires>() == 2);
}

TEST_CASE("A successor that no server gives leaves the relay that there is")
{
  RelayStory story;
  const auto tcp = RelayStory::server(1, Transport::tcp);
  story.give({tcp});
  const auto first = story.all<R::Connect>()[0].number;
  const Endpoint relay{IpAddress::v4({192, 0, 2, 1}), 50'000};
  story.perform(story.relays.hearConnection(first, TurnClient::Relayed{relay, {}}, story.now));
  story.perform(story.relays.networkChanged(story.now));
  story.pass(10s);
  CHECK(story.count<R::Connect>() == 2);
  CHECK(story.count<R::Lost>() == 0);
  CHECK(story.count<R::AskForLeave>() == 0);
}

TEST_CASE("Who leaves gives the relay back, and begins nothing new")
{
  RelayStory story;
  story.give({RelayStory::server(1)});
  story.pass(1s);
  auto& server = story.relayAt(RelayStory::server(1).at, R::Port::media);
  REQUIRE(server.hasRelay(story.now));
  story.perform(story.relays.release(story.now));
  story.pass(100ms);
  CHECK_FALSE(server.hasRelay(story.now));
  CHECK(story.relays.areGone());
  story.give({RelayStory::server(2)});
  story.perform(story.relays.start(story.now));
  story.pass(1min);
  CHECK(story.count<R::Opened>() == 1);
  CHECK(story.count<R::AskForLeave>() == 0);
}
