// Members behind routers of all kinds find each other, move, and are not made to bother anybody.
#include <Catch.hpp>

#include "Homes.hpp"
#include "Villain.hpp"

using namespace tutti;
using namespace tutti::room;
using namespace tutti::test;
using namespace std::chrono_literals;

TEST_CASE("Routers of all kinds: the direct way where there is one, the forwarder at once anywhere")
{
  for (const auto annas : kRouters) {
    for (const auto bens : kRouters) {
      Rehearsal stage;
      const Home annasHome{annas, 10};
      const Home bensHome{bens, 20};
      auto& anna = stage.join("Anna", annasHome.place());
      stage.run(2);
      auto& ben = stage.join("Ben", bensHome.place());
      INFO(nameOfRouter(annas) << " to " << nameOfRouter(bens));
      const auto first = runUntil(stage, 3, [&] { return pathOf(stage, anna) && pathOf(stage, ben); });
      CHECK(first <= 0.5);
      const auto direct = runUntil(stage, 5, [&] {
        return pathOf(stage, anna) == PathKind::direct && pathOf(stage, ben) == PathKind::direct;
      });
      if (canMeet(annas, bens)) {
        CHECK(first + direct <= 2);
      } else {
        CHECK(pathOf(stage, anna) == PathKind::forwarder);
        CHECK(pathOf(stage, ben) == PathKind::forwarder);
      }
      CHECK(missed(stage, anna, ben, 1) == 0);
      CHECK(missed(stage, ben, anna, 1) == 0);
    }
  }
}

TEST_CASE("The move from the forwarder to the direct way loses no packet")
{
  Rehearsal stage;
  const Home annasHome{Router::portRestricted, 10};
  const Home bensHome{Router::portRestricted, 20};
  auto& anna = stage.join("Anna", annasHome.place());
  stage.isLanOpen = false; // something on the way lets nothing through but what goes to the server
  auto& ben = stage.join("Ben", bensHome.place());
  stage.run(2);
  REQUIRE(pathOf(stage, anna) == PathKind::forwarder);
  stage.isLanOpen = true;
  CHECK(missed(stage, ben, anna, 6) == 0);
  CHECK(pathOf(stage, anna) == PathKind::direct);
}

TEST_CASE("A hole in a router stays open while nobody plays")
{
  Rehearsal stage;
  const Home annasHome{Router::portRestricted, 10};
  const Home bensHome{Router::portRestricted, 20};
  auto& anna = stage.join("Anna", annasHome.place());
  auto& ben = stage.join("Ben", bensHome.place());
  stage.run(120);
  CHECK(pathOf(stage, anna) == PathKind::direct);
  CHECK(missed(stage, ben, anna, 2) == 0);
}

TEST_CASE("A router that begins anew is noticed, and its new addresses are told")
{
  Rehearsal stage;
  Home annasHome{Router::portRestricted, 10};
  const Home bensHome{Router::portRestricted, 20};
  auto& anna = stage.join("Anna", annasHome.place());
  auto& ben = stage.join("Ben", bensHome.place());
  stage.run(5);
  REQUIRE(pathOf(stage, anna) == PathKind::direct);
  const auto before = anna.outside;
  annasHome.router().forget();
  CHECK(missed(stage, ben, anna, 3) < 150); // of 300
  CHECK(anna.outside.size() == 1);
  CHECK(anna.outside != before);
  stage.run(3);
  CHECK(pathOf(stage, anna) == PathKind::direct);
  CHECK(pathOf(stage, ben) == PathKind::direct);
  CHECK(missed(stage, ben, anna, 1) == 0);
}

TEST_CASE("Who is carried to another network stays in the room, and is heard again within a second")
{
  Rehearsal stage;
  const Home annasHome{Router::portRestricted, 10};
  const Home cafe{Router::symmetric, 30};
  const Home bensHome{Router::portRestricted, 20};
  auto& anna = stage.join("Anna", annasHome.place());
  auto& ben = stage.join("Ben", bensHome.place());
  stage.run(5);
  stage.move(anna, cafe.place());
  CHECK(missed(stage, ben, anna, 2) <= 50);
  CHECK(missed(stage, anna, ben, 2) == 0);
  CHECK(pathOf(stage, anna) == PathKind::forwarder);
  stage.move(anna, annasHome.place());
  CHECK(missed(stage, anna, ben, 2) <= 100);
  stage.run(2);
  CHECK(pathOf(stage, anna) == PathKind::direct);
  CHECK(pathOf(stage, ben) == PathKind::direct);
  CHECK(
    std::ranges::none_of(ben.news, [](const auto& news) { return news.what == Ensemble::News::What::left; }));
}

TEST_CASE("An interface that comes or goes beside the one in use disturbs nobody")
{
  Rehearsal stage;
  const Home annasHome{Router::portRestricted, 10};
  const Home bensHome{Router::fullCone, 20};
  auto& anna = stage.join("Anna", annasHome.place());
  auto& ben = stage.join("Ben", bensHome.place());
  stage.run(5);
  auto interfaces = Rehearsal::interfacesOf(anna);
  interfaces.push_back({"wlan0", 3, IpAddress::v4({10, 1, 2, 3}), 24});
  stage.perform(anna, anna.ensemble->setInterfaces(interfaces, stage.nowOf(anna)));
  CHECK(missed(stage, ben, anna, 1) == 0);
  stage.perform(anna, anna.ensemble->setInterfaces(Rehearsal::interfacesOf(anna), stage.nowOf(anna)));
  CHECK(missed(stage, anna, ben, 1) == 0);
  CHECK(pathOf(stage, anna) == PathKind::direct);
}

TEST_CASE(
  "A member that claims to live at other people's addresses sends nobody more than seven checks there")
{
  Rehearsal stage; // spec room R-14
  Villain villain{stage, stage.join("Anna")};
  std::vector<Endpoint> others;
  for (std::uint8_t i = 0; i < 12; ++i) others.push_back({IpAddress::v4({203, 0, 113, i}), 7000});
  villain.claim(others);
  villain.pass(29s);
  CHECK(villain.sent.size() == 8); // candidates are no more
  for (const auto& [there, checks] : villain.sent) CHECK(checks == 7);
}

TEST_CASE("Ever new candidates do not get ever more checks")
{
  Rehearsal stage; // spec room R-14
  Villain villain{stage, stage.join("Anna")};
  for (std::uint16_t second = 0; second < 60; ++second) {
    std::vector<Endpoint> ports;
    for (std::uint16_t i = 0; i < 8; ++i)
      ports.push_back({IpAddress::v4({203, 0, 113, 99}), static_cast<std::uint16_t>(1 + second * 8 + i)});
    villain.claim(ports);
    villain.pass(1s);
  }
  CHECK(villain.all <= 112 + 2 * 60);
}

TEST_CASE("Of many members with many addresses each is asked soon, and all together fifty times a second")
{
  Rehearsal stage; // spec room R-14
  Villain many{stage, stage.join("Anna")};
  wire::Update update;
  for (std::uint8_t member = 0; member < 30; ++member) {
    const auto keys = MemberKeys::draw();
    Card card{keys.id(), keys.signPublic(), keys.boxPublic(), 1, "Ghost", "", {}};
    for (std::uint16_t port = 1; port <= 8; ++port)
      card.candidates.push_back({IpAddress::v4({203, 0, 113, member}), port});
    update.roster.push_back(
      {keys.id(), static_cast<std::uint16_t>(member + 10), card.encode(stage.secret, keys)});
  }
  many.count(many.victim.ensemble->hearDirectory(update, many.now));
  const auto askedOf = [&](std::uint8_t member) {
    return std::ranges::count_if(
      many.sent, [member](const auto& entry) { return entry.first.address.bytes()[3] == member; });
  };
  many.pass(2s);
  CHECK(many.all <= 10 + 2 * 50);
  for (std::uint8_t member = 0; member < 30; ++member) CHECK(askedOf(member) >= 2);
  many.pass(58s);
  CHECK(many.all <= 10 + 60 * 50);
  CHECK(many.sent.size() == 240);
  for (const auto& [there, checks] : many.sent) CHECK(checks == 7);
}

TEST_CASE("A member that asks in the name of others' addresses aims no flood at them")
{
  Rehearsal stage; // spec room R-14
  Villain villain{stage, stage.join("Anna")};
  villain.claim({});
  const Endpoint there{IpAddress::v4({203, 0, 113, 99}), 7000};
  for (int i = 0; i < 6000; ++i) { // a hundred a second
    villain.askFrom(there);
    villain.pass(10ms);
  }
  const std::size_t answers = 50 + 50 * 60;
  CHECK(villain.all <= answers + 112 + 2 * 60);
}

TEST_CASE("Where one of the server's addresses is out of reach, the other one serves")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  const auto v4 = stage.forwarderAt.address;
  const auto v6 = IpAddress::v6({0x20, 0x01, 0x0d, 0xb8});
  wire::JoinReply joined;
  joined.slot = 3;
  joined.udpPort = Rehearsal::kUdpPort;
  joined.stunUser = "u";
  joined.stunPassword = "p";
  Ensemble lone{stage.secret, anna.keys, joined, {v4, v6}};
  const Endpoint seenAt{IpAddress::v6({0x20, 0x01, 0x0d, 0xb8, 9}), 40'000};
  std::optional<HostTime> withCookie;
  std::vector<Endpoint> outside;
  auto now = stage.nowOf(anna);
  const auto begun = now;
  const auto perform = [&](const auto& self, const Ensemble::Actions& actions) -> void {
    for (const auto& action : actions) {
      if (const auto* seen = std::get_if<Ensemble::SeenAs>(&action)) outside = seen->outside;
      const auto* send = std::get_if<Ensemble::SendDatagram>(&action);
      if (send == nullptr || send->to.to.address != v6) continue;
      const auto question = net::stun::Message::parse(send->bytes);
      if (!withCookie && question->find(net::stun::Attribute::cookie)) withCookie = now;
      net::stun::Writer reply{net::stun::Class::success, net::stun::Method::binding, question->transaction()};
      reply.addXorMappedAddress(seenAt);
      reply.add(net::stun::Attribute::cookie, ByteString(16, std::byte{1}));
      reply.seal("p");
      reply.addFingerprint();
      self(self, lone.hearDatagram(reply.bytes(), send->to, now));
    }
  };
  perform(perform, lone.setInterfaces({{"eth0", 2, anna.at.address, 24}}, now));
  for (; now < begun + 4s; now += 10ms) perform(perform, lone.advance(now));
  CHECK(outside == std::vector{seenAt});
  REQUIRE(withCookie);
  CHECK(*withCookie - begun < 3s);
}
