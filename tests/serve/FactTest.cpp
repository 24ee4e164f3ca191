#include <Catch.hpp>
#include <tutti/room/Order.hpp>
#include <tutti/serve/Fact.hpp>

using namespace tutti;
using namespace tutti::serve;
using namespace tutti::room;

namespace {

RoomFact someRoom()
{
  RoomFact fact{{7, 1}, 3, {}, "hash", true, IpAddress::v6({0x20, 1})};
  fact.record.name = "Jazz";
  fact.record.id = RoomId::draw();
  return fact;
}

MemberFact someMember()
{
  return {{9, 1},
          {8, 1},
          {8, 2},
          RoomId::draw(),
          MemberId::draw(),
          "pass",
          "user",
          "password",
          4711,
          ByteString(500, std::byte{5}),
          {{1, 12'000}, {2, 800}}};
}

OrderFact someOrder()
{
  const auto host = MemberKeys::draw();
  const auto room = RoomId::draw();
  return {{9, 1}, room, Order{room, 3, Order::What::lock, {}}.sign(host)};
}

std::vector<Fact> allKinds()
{
  return {someRoom(),
          ClosedFact{{7, 1}, RoomId::draw()},
          someOrder(),
          ForwarderFact{{7, 1}, 5, {IpAddress::v4({192, 0, 2, 1}), IpAddress::v6({0x20})}, 7885},
          StageFact{{7, 1}, RoomId::draw(), 5},
          someMember(),
          GoneFact{{9, 1}, {8, 1}, RoomId::draw(), MemberId::draw()},
          LetterFact{{9, 1}, RoomId::draw(), {MemberId::draw(), MemberId::draw(), ByteString(60)}}};
}

} // namespace

TEST_CASE("Every fact survives the way to another directory")
{
  const auto all = allKinds();
  REQUIRE(all.size() == std::variant_size_v<Fact>);
  for (const auto& fact : all) {
    CAPTURE(fact.index());
    const auto bytes = encodeFact(fact);
    CHECK(bytes.size() <= kLargestFact);
    const auto read = parseFact(bytes);
    REQUIRE(read);
    CHECK(read->index() == fact.index());
    CHECK(encodeFact(*read) == bytes);
  }
}

TEST_CASE("A fact that is torn, or has something behind it, is none")
{
  for (const auto& fact : allKinds()) {
    CAPTURE(fact.index());
    auto bytes = encodeFact(fact);
    for (std::size_t size = 0; size < bytes.size(); ++size)
      CHECK_FALSE(parseFact(std::span{bytes}.first(size)));
    bytes.push_back(std::byte{0});
    CHECK_FALSE(parseFact(bytes));
  }
}

TEST_CASE("What no directory says is no fact")
{
  auto another = encodeFact(someMember());
  another[0] = std::byte{2};
  CHECK_FALSE(parseFact(another)); // of another version
  another[0] = std::byte{1};
  another[1] = std::byte{std::variant_size_v<Fact>};
  CHECK_FALSE(parseFact(another));

  auto member = someMember();
  member.said.count = Stamp::kMost; // nobody could say anything after it
  CHECK_FALSE(parseFact(encodeFact(member)));
  member = someMember();
  member.slot = 0;
  CHECK_FALSE(parseFact(encodeFact(member)));
  member = someMember();
  member.pass.clear(); // anybody would know it
  CHECK_FALSE(parseFact(encodeFact(member)));
  CHECK_FALSE(parseFact(encodeFact(OrderFact{{9, 1}, RoomId::draw(), ByteString(20)})));
  CHECK_FALSE(parseFact(encodeFact(ForwarderFact{{7, 1}, 5, {}, 7885})));
  CHECK_FALSE(parseFact(ByteString(kLargestFact + 1)));
}

TEST_CASE("Who has gone lies where the member lay")
{
  const auto member = someMember();
  const auto there = shelfOf(member);
  const auto gone = shelfOf(GoneFact{{9, 1}, {8, 1}, member.room, member.member});
  REQUIRE(there);
  REQUIRE(gone);
  CHECK(there->key == gone->key);
  CHECK(there->seconds == 15); // design 6
  CHECK(gone->seconds == 0);
  CHECK_FALSE(shelfOf(LetterFact{}));
}

TEST_CASE("Orders lie beside each other, by their numbers")
{
  const auto one = someOrder();
  auto other = one;
  const auto host = MemberKeys::draw();
  other.order = Order{one.room, 4, Order::What::unlock, {}}.sign(host);
  CHECK(shelfOf(one)->key != shelfOf(other)->key);
}
