// Rooms with a directory, members and strangers that mean no good.
#include <Catch.hpp>
#include <cmath>

#include "Rehearsal.hpp"

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;
using test::Rehearsal;

TEST_CASE("A directory that shows different rosters is found out")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(3);
  wire::Update forged; // Anna is told that she is alone with Ben and somebody else's old card
  const auto ghost = MemberKeys::draw();
  const Card card{ghost.id(), ghost.signPublic(), ghost.boxPublic(), 1, "Ghost", "", {}};
  const Card bens{ben.keys.id(), ben.keys.signPublic(), ben.keys.boxPublic(), 1, "Ben", "", {ben.at}};
  forged.revision = anna.revision;
  forged.roster = {{ghost.id(), 77, card.encode(stage.secret, ghost)},
                   {ben.keys.id(), ben.slot, bens.encode(stage.secret, ben.keys)}};
  stage.perform(anna, anna.ensemble->hearDirectory(forged, stage.nowOf(anna)));
  stage.run(9);
  CHECK_FALSE(anna.ensemble->isRosterDisputed(stage.nowOf(anna)));
  stage.run(5);
  CHECK(anna.ensemble->isRosterDisputed(stage.nowOf(anna)));
}

TEST_CASE("A roster that never ends fills no more than a room, and a slot has one member")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(1);
  const auto rosterOf = [&](std::uint16_t firstSlot, int count) {
    wire::Update update;
    for (int i = 0; i < count; ++i) {
      const auto ghost = MemberKeys::draw();
      const Card card{ghost.id(), ghost.signPublic(), ghost.boxPublic(), 1, "Ghost", "", {}};
      update.roster.push_back(
        {ghost.id(), static_cast<std::uint16_t>(firstSlot + i), card.encode(stage.secret, ghost)});
    }
    update.roster.push_back({ben.keys.id(), ben.slot, stage.cardOf(ben)});
    return update;
  };
  const auto hear = [&](const wire::Update& update) {
    stage.perform(anna, anna.ensemble->hearDirectory(update, stage.nowOf(anna)));
    return anna.ensemble->members(stage.nowOf(anna));
  };
  auto same = rosterOf(ben.slot, 1); // the ghost is told first
  const auto two = hear(same);
  REQUIRE(two.size() == 1);
  CHECK(two.front().id == ben.keys.id());
  CHECK(hear(rosterOf(100, 80)).size() == 63);
  wire::JoinReply again; // those of before are waited for, in as far as there is room
  again.slot = anna.slot;
  again.update = rosterOf(300, 40);
  stage.perform(anna, anna.ensemble->rejoined(again, {}, stage.nowOf(anna)));
  CHECK(anna.ensemble->members(stage.nowOf(anna)).size() == 63);
}

TEST_CASE("A directory cannot invent a member")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  const auto spy = MemberKeys::draw();
  const Card card{spy.id(), spy.signPublic(), spy.boxPublic(), 1, "Spy", "", {}};
  wire::Update update;
  update.roster = {{spy.id(), 9, card.encode(Secret::draw(), spy)}};
  stage.perform(anna, anna.ensemble->hearDirectory(update, stage.nowOf(anna)));
  CHECK(anna.ensemble->members(stage.nowOf(anna)).empty());
}

TEST_CASE("A directory cannot name a host of its own, and the host stays who it was") // spec room R-7
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(1);
  const auto usurper = MemberKeys::draw();
  wire::Update orders;
  orders.revision = anna.revision;
  orders.roster = {{ben.keys.id(), ben.slot, stage.cardOf(ben)}};
  orders.orders = {Order{stage.roomId, 1, Order::What::kick, ben.keys.id()}.sign(usurper)};
  wire::JoinReply forged;
  forged.slot = anna.slot;
  forged.room.id = stage.roomId;
  forged.room.host = usurper.signPublic();
  forged.room.proveHost(Secret::draw()); // as well as a directory can
  forged.update = orders;
  Ensemble cora{stage.secret, anna.keys, forged, {}};
  cora.hearDirectory(orders, stage.nowOf(anna));
  CHECK(cora.members(stage.nowOf(anna)).size() == 1);
  forged.room.proveHost(stage.secret); // not even then, for who was there before
  stage.perform(anna, anna.ensemble->rejoined(forged, {}, stage.nowOf(anna)));
  CHECK(anna.ensemble->members(stage.nowOf(anna)).size() == 1);
  Ensemble late{stage.secret, anna.keys, forged, {}};
  late.hearDirectory(orders, stage.nowOf(anna));
  CHECK(late.members(stage.nowOf(anna)).empty());
}

TEST_CASE("A member cannot send in another's name, not even directly")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  auto& cora = stage.join("Cora");
  stage.run(4);
  CHECK(anna.ensemble->mayComeFrom(ben.slot, ben.at));
  CHECK(anna.ensemble->mayComeFrom(ben.slot, stage.forwarderAt));
  CHECK_FALSE(anna.ensemble->mayComeFrom(ben.slot, cora.at));
  // Cora says that she is Ben, with all that she knows: the room's secret and her own keys.
  net::stun::Writer lie{net::stun::Class::request, net::stun::Method::binding, {}};
  lie.add(net::stun::Attribute::username, anna.keys.id().text() + ':' + ben.keys.id().text());
  lie.seal(cora.keys.checkPassword(anna.keys.boxPublic()));
  lie.addFingerprint();
  CHECK(anna.ensemble->hearDatagram(lie.bytes(), cora.at, stage.nowOf(anna)).empty());
  CHECK_FALSE(anna.ensemble->mayComeFrom(ben.slot, cora.at));
}

TEST_CASE("An address is a member's only if it answers what it was asked") // spec room R-13
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  auto& cora = stage.join("Cora");
  stage.isLanOpen = false;
  stage.run(4);
  REQUIRE_FALSE(anna.ensemble->mayComeFrom(ben.slot, ben.at));
  const auto password = ben.keys.checkPassword(anna.keys.boxPublic());
  net::stun::Writer caught{net::stun::Class::request, net::stun::Method::binding, {}};
  caught.add(net::stun::Attribute::username, anna.keys.id().text() + ':' + ben.keys.id().text());
  caught.seal(password);
  caught.addFingerprint();
  const auto actions = anna.ensemble->hearDatagram(caught.bytes(), cora.at, stage.nowOf(anna));
  CHECK_FALSE(anna.ensemble->mayComeFrom(ben.slot, cora.at)); // Cora only sent it again
  const auto asked = std::ranges::find_if(actions, [&](const Ensemble::Action& action) {
    const auto* send = std::get_if<Ensemble::SendDatagram>(&action);
    return send != nullptr &&
           net::stun::Message::parse(send->bytes)->messageClass() == net::stun::Class::request;
  });
  REQUIRE(asked != actions.end()); // of her own
  const auto& question = std::get<Ensemble::SendDatagram>(*asked);
  CHECK(question.to == cora.at);
  net::stun::Writer reply{net::stun::Class::success, net::stun::Method::binding,
                          net::stun::Message::parse(question.bytes)->transaction()};
  reply.seal(password);
  reply.addFingerprint();
  anna.ensemble->hearDatagram(reply.bytes(), ben.at, stage.nowOf(anna));
  CHECK_FALSE(anna.ensemble->mayComeFrom(ben.slot, ben.at)); // nobody asked there
  anna.ensemble->hearDatagram(reply.bytes(), cora.at, stage.nowOf(anna));
  CHECK(anna.ensemble->mayComeFrom(ben.slot, cora.at)); // it was Ben, who has moved
}

TEST_CASE("Who sends a member's checks again from elsewhere takes no answer away from it")
{
  Rehearsal stage; // spec room R-14
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  auto& cora = stage.join("Cora");
  stage.run(4);
  REQUIRE(anna.ensemble->mayComeFrom(ben.slot, ben.at));
  net::stun::Writer caught{net::stun::Class::request, net::stun::Method::binding, {}};
  caught.add(net::stun::Attribute::username, anna.keys.id().text() + ':' + ben.keys.id().text());
  caught.seal(ben.keys.checkPassword(anna.keys.boxPublic()));
  caught.addFingerprint();
  const auto now = stage.nowOf(anna);
  const auto answersTo = [&](const Endpoint& from, int questions) {
    int answers = 0;
    for (int i = 0; i < questions; ++i)
      for (const auto& action : anna.ensemble->hearDatagram(caught.bytes(), from, now)) {
        const auto* send = std::get_if<Ensemble::SendDatagram>(&action);
        if (send == nullptr || send->to != from) continue;
        const auto message = net::stun::Message::parse(send->bytes);
        if (message->messageClass() == net::stun::Class::success) ++answers;
      }
    return answers;
  };
  const Endpoint nobody{IpAddress::v4({192, 168, 1, 77}), 5000};
  CHECK(answersTo(cora.at, 200) == 50);
  CHECK(answersTo(nobody, 1) == 0); // all that are not Ben's have as many together
  CHECK(answersTo(ben.at, 1) == 1);
  CHECK(answersTo(ben.at, 200) < 50); // nor is anybody answered without end
}

TEST_CASE("New cards make nobody send more checks than an address that does not answer deserves")
{
  Rehearsal stage; // spec room R-14
  auto& anna = stage.join("Anna");
  const auto ben = MemberKeys::draw();
  const Endpoint nobody{IpAddress::v4({192, 168, 1, 77}), 9};
  Card card{ben.id(), ben.signPublic(), ben.boxPublic(), 0, "Ben", "", {nobody}};
  auto now = stage.nowOf(anna);
  std::size_t checks = 0;
  const auto count = [&](const Ensemble::Actions& actions) {
    for (const auto& action : actions)
      if (const auto* send = std::get_if<Ensemble::SendDatagram>(&action)) checks += send->to == nobody;
  };
  const auto renewFor = [&](int seconds) {
    for (int i = 0; i < seconds * 100; ++i, now += 10ms) {
      if (i % 100 == 0) {
        ++card.edition;
        wire::Update update;
        update.roster = {{ben.id(), 7, card.encode(stage.secret, ben)}};
        count(anna.ensemble->hearDirectory(update, now));
      }
      count(anna.ensemble->advance(now));
    }
  };
  renewFor(29);
  CHECK(checks == 7);
  renewFor(30);
  CHECK(checks == 14);
}

TEST_CASE("Two share a password for their checks that no third one knows")
{
  const auto anna = MemberKeys::draw();
  const auto ben = MemberKeys::draw();
  const auto cora = MemberKeys::draw();
  CHECK(anna.checkPassword(ben.boxPublic()) == ben.checkPassword(anna.boxPublic()));
  CHECK(anna.checkPassword(ben.boxPublic()) != cora.checkPassword(ben.boxPublic()));
  CHECK(anna.checkPassword(BoxPublic{}).empty()); // no public key
}

TEST_CASE("A forwarder's cookie that would not fit into a check is not taken")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto now = stage.nowOf(anna);
  const auto answerWith = [&](std::size_t cookieSize) {
    now += 100ms;
    for (const auto& action : anna.ensemble->advance(now)) {
      const auto* check = std::get_if<Ensemble::SendDatagram>(&action);
      if (check == nullptr || check->to != stage.forwarderAt) continue;
      const auto question = net::stun::Message::parse(check->bytes);
      net::stun::Writer reply{net::stun::Class::success, net::stun::Method::binding, question->transaction()};
      reply.add(net::stun::Attribute::cookie, ByteString(cookieSize, std::byte{1}));
      reply.seal(anna.stunPassword);
      reply.addFingerprint();
      return anna.ensemble->hearDatagram(reply.bytes(), stage.forwarderAt, now);
    }
    return Ensemble::Actions{};
  };
  CHECK(answerWith(1120).empty());
  CHECK_FALSE(answerWith(16).empty()); // it is returned at once
}
