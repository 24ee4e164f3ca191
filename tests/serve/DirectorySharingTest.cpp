#include "SharedDesks.hpp"

using namespace tutti;
using namespace tutti::test;

TEST_CASE("A directory alone tells nobody anything")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  CHECK(desk.directory.takeFacts().empty());
  CHECK(desk.directory.everything().empty());
  CHECK(anna.update.forwarders.empty());
  CHECK(anna.update.revision < 10); // it counts
}

TEST_CASE("Members of one room meet who ask different directories")
{
  SharedDesks desks{3};
  desks.openRoom(0);
  desks.pass();
  const auto anna = desks.joined(0, kAnna);
  desks.pass();
  const auto ben = desks.joined(2, kBen);
  desks.pass();
  CHECK(ben.update.roster.size() == 2);
  CHECK(ben.slot != anna.slot);
  CHECK(desks.polled(0, desks.as(kAnna, anna)).roster.size() == 2);
  for (std::size_t i = 0; i < desks.size(); ++i) {
    CHECK(desks[i].members() == 2);
    CHECK(desks[i].takeChanges().size() == 2); // every forwarder lets both in
  }
  CHECK(desks[0].membersHere() == 1);
  CHECK(desks[1].membersHere() == 0);
}

TEST_CASE("A member goes on at another directory, and waits there for what is new")
{
  SharedRoom desks{2};
  const auto anna = desks.joined(0, kAnna);
  desks.pass();
  const auto quiet = desks.as(kAnna, anna, desks.polled(0, desks.as(kAnna, anna)).revision);
  CHECK(std::holds_alternative<Directory::Wait>(desks.ask(1, "poll", quiet, true)));
  desks[1].takeNews();
  desks.joined(0, kBen);
  desks.pass();
  CHECK(desks[1].takeNews() == std::set{desks.record.id});
  CHECK(std::holds_alternative<Directory::Answer>(desks.ask(1, "poll", quiet, true)));
  desks.pass();
  CHECK(desks[1].membersHere() == 1); // Anna
  CHECK(desks[0].membersHere() == 1); // Ben
}

TEST_CASE("Who polls at one directory is not let go by another")
{
  SharedRoom desks{2};
  const auto anna = desks.joined(0, kAnna);
  desks.pass();
  for (int i = 0; i < 20; ++i) {
    desks.polled(0, desks.as(kAnna, anna));
    desks.advance(4s);
  }
  CHECK(desks[0].members() == 1);
  CHECK(desks[1].members() == 1);
}

TEST_CASE("A goodbye is heard everywhere at once, and a late word brings nobody back")
{
  SharedRoom desks{2};
  const auto anna = desks.joined(0, kAnna);
  const auto late = desks[0].everything();
  desks.pass();
  CHECK(desks.answer(1, "leave", desks.as(kAnna, anna)).status == 200);
  desks.pass();
  CHECK(desks[0].members() == 0);
  for (const auto& told : late) {
    desks[0].apply(told.fact, desks.now);
    desks[1].apply(told.fact, desks.now);
  }
  CHECK(desks[0].members() == 0);
  CHECK(desks[1].members() == 0);
  desks.joined(1, kAnna); // she herself may
  desks.pass();
  CHECK(desks[0].members() == 1);
}

TEST_CASE("Letters are handed out where they are asked for, the newest of each writer")
{
  SharedRoom desks{2};
  const auto anna = desks.joined(0, kAnna);
  desks.pass();
  const auto ben = desks.joined(1, kBen);
  desks.pass();
  auto request = desks.as(kAnna, anna);
  for (const auto content : {std::byte{1}, std::byte{2}}) {
    request.letters = {{{}, kBen, ByteString(60, content)}};
    desks.answer(0, "letters", request);
  }
  desks.passBadly(0);
  auto update = desks.polled(1, desks.as(kBen, ben));
  REQUIRE(update.letters.size() == 1);
  CHECK(update.letters.front() == Letter{kAnna, kBen, ByteString(60, std::byte{2})});
  desks.pass();
  CHECK(desks.polled(1, desks.as(kBen, ben)).letters.empty());
}

TEST_CASE("Two that were given one slot at the same time get two, and everybody agrees whose is whose")
{
  SharedRoom desks{3};
  constexpr std::uint16_t kWanted = 77;
  desks.joined(0, kAnna, kWanted);
  desks.joined(1, kBen, kWanted); // before either has heard of the other
  desks.pass();
  const auto& loser = std::max(kAnna, kBen);
  const std::size_t place = loser == kAnna ? 0 : 1;
  for (std::size_t i = 0; i < desks.size(); ++i) CHECK(desks[i].members() == 1);
  const auto again = desks.joined(place, loser, kWanted); // as members do when they are not known any more
  CHECK(again.slot != kWanted);
  desks.pass();
  for (std::size_t i = 0; i < desks.size(); ++i) CHECK(desks[i].members() == 2);
}

TEST_CASE("Directories begin to count slots in different places")
{
  SharedRoom desks{2};
  const auto anna = desks.joined(0, kAnna);
  const auto ben = desks.joined(1, kBen);
  CHECK(anna.slot != ben.slot);
}

TEST_CASE("A new card is not undone by an older word about its owner")
{
  SharedRoom desks{2};
  const auto anna = desks.joined(0, kAnna);
  desks.pass();
  const auto& keys = keysOf(kAnna);
  auto request = desks.as(kAnna, anna);
  request.card =
    Card{keys.id(), keys.signPublic(), keys.boxPublic(), 2, "Anna", "Bass", {}}.encode(desks.secret, keys);
  CHECK(desks.answer(1, "card", request).status == 200); // the poll is at the first directory
  desks.now += 6s;
  desks.answer(0, "poll", desks.as(kAnna, anna)); // says the old card again, later
  desks.pass();
  for (std::size_t i = 0; i < desks.size(); ++i)
    CHECK(desks.polled(i, desks.as(kAnna, anna)).roster.front().card == request.card);
}

TEST_CASE("Orders count by their numbers, in whatever order directories hear them")
{
  SharedRoom desks{2};
  const auto anna = desks.joined(0, kAnna);
  const auto ben = desks.joined(0, kBen);
  desks.pass();
  auto request = desks.as(kAnna, anna);
  request.order = desks.order(1, Order::What::kick, kBen);
  CHECK(desks.answer(0, "orders", request).status == 200);
  request.order = desks.order(2, Order::What::lock);
  CHECK(desks.answer(0, "orders", request).status == 200);
  auto facts = desks[0].takeFacts();
  std::ranges::reverse(facts);
  for (const auto& fact : facts) desks[1].apply(fact, desks.now);
  CHECK(codeOf(desks.answer(1, "poll", desks.as(kBen, ben))) == "not-a-member");
  const auto here = desks.polled(0, desks.as(kAnna, anna));
  const auto there = desks.polled(1, desks.as(kAnna, anna));
  CHECK(here.orders == there.orders);
  CHECK(here.revision == there.revision);
  CHECK(codeOf(desks.join(1, draw())) == "locked");
  CHECK(codeOf(desks.join(1, kBen)) == "kicked");
}

TEST_CASE("What another host's key has signed is no order, whoever passes it on")
{
  SharedRoom desks{2};
  const auto stranger = MemberKeys::draw();
  const auto order = Order{desks.record.id, 1, Order::What::lock, {}}.sign(stranger);
  desks[1].apply(OrderFact{{99, 9}, desks.record.id, order}, desks.now);
  desks.joined(1, kAnna);
  const auto elsewhere = Order{RoomId::draw(), 1, Order::What::lock, {}}.sign(desks.host);
  desks[1].apply(OrderFact{{99, 9}, desks.record.id, elsewhere}, desks.now);
  desks.joined(1, kBen);
}

TEST_CASE("A poll that still lies at one directory does not claim a member that asks another one by now")
{
  SharedRoom desks{2};
  const auto reply = desks.joined(0, kAnna);
  desks.pass();
  const auto read = Directory::read(
    {"POST", "/v1/rooms/Jazz/poll", desks.as(kAnna, reply, reply.update.revision).encode(), kHere});
  const auto& asked = std::get<Directory::Asked>(read);
  const auto wait = std::get<Directory::Wait>(desks[0].ask(asked, desks.now, true));
  desks.polled(1, desks.as(kAnna, reply));
  desks.pass();
  CHECK(codeOf(std::get<Directory::Answer>(desks[0].askAgain(asked, wait, true))) == "asked-again");
  desks.pass();
  CHECK(desks[0].membersHere() == 0);
  CHECK(desks[1].membersHere() == 1);
}

TEST_CASE("One id, two secrets: all directories keep the same room")
{
  SharedDesks desks{3};
  desks.openRoom(0);
  const auto other = Secret::draw();
  REQUIRE(desks[1].open({desks.record, hashOfToken(other.joinToken())}));
  desks.pass();
  std::set<int> statuses;
  for (std::size_t i = 0; i < desks.size(); ++i) statuses.insert(desks.join(i, kAnna).status);
  CHECK(statuses.size() == 1);
}

TEST_CASE("The fifth empty room of a household makes way everywhere")
{
  SharedDesks desks{2};
  const auto open = [&](std::size_t i) {
    RoomRecord record;
    record.name = "Own";
    record.id = RoomId::draw();
    desks.now += 1min; // so many may be opened
    const OpenRequest request{record, hashOfToken("token")};
    const auto reply = desks[i].ask({"POST", "/v1/rooms", request.encode(), kHere}, desks.now, false);
    CHECK(std::get<Directory::Answer>(reply).status == 200);
    desks.pass();
  };
  for (std::size_t i = 0; i < 6; ++i) open(i % 2);
  CHECK(desks[0].rooms() == 4);
  CHECK(desks[1].rooms() == 4);
}
