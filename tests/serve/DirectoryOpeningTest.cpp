// How rooms come and go: whose a room is, which one makes way, and when.
#include <utility>

#include "SharedDesks.hpp"

using namespace tutti;
using namespace tutti::test;

namespace {

Directory::Answer opened(Desk& desk, const RoomRecord& record, const Secret& secret,
                         const IpAddress& from = kHere)
{
  return desk.answer("/v1/rooms", OpenRequest{record, hashOfToken(secret.joinToken())}.encode(), from);
}

/// Strangers of 64 households open four rooms each, in which nobody is ever seen.
void fill(Desk& desk)
{
  const auto secret = Secret::draw();
  for (int household = 0; household < 64; ++household) {
    const auto from = IpAddress::v4({203, 0, 113, static_cast<std::uint8_t>(household)});
    desk.now += 1s;
    for (int i = 0; i < 4; ++i) opened(desk, desk.recordOf("x"), secret, from);
  }
}

} // namespace

TEST_CASE("A room that a stranger opened by the id of the host's own is the host's")
{
  Desk desk;
  const auto record = desk.recordOf("Jazz");
  const auto stranger = Secret::draw();
  const auto own = Secret::draw();
  REQUIRE(opened(desk, record, stranger).status == 200);
  const auto ben = JoinReply::parse(desk.join(kBen, stranger).body).value();
  desk.directory.takeNews();
  REQUIRE(desk.directory.open({record, hashOfToken(own.joinToken())}));
  CHECK(desk.directory.rooms() == 2);
  CHECK(desk.directory.members() == 0);
  CHECK(desk.directory.takeNews() == std::set{record.id}); // who waits there is woken
  const auto changes = desk.directory.takeChanges();
  REQUIRE(changes.size() == 2);
  CHECK(std::get<Directory::Dismissal>(changes.back()).user == ben.stunUser);
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/poll", desk.as(kBen, ben).encode())) == "not-a-member");
  CHECK(codeOf(desk.join(kBen, stranger)) == "wrong-secret");
  CHECK(desk.join(kAnna, own).status == 200);
  desk.now += 8h;
  desk.directory.advance(desk.now);
  CHECK(desk.directory.rooms() == 2); // and stays
}

TEST_CASE("No host's own room takes the place of another one")
{
  Desk desk;
  CHECK_FALSE(desk.directory.open({desk.record, hashOfToken(Secret::draw().joinToken())}));
  CHECK(desk.join(kAnna, desk.secret).status == 200);
}

TEST_CASE("What the host says of its room holds, whatever a member said who was faster")
{
  Desk desk;
  auto record = desk.recordOf("Jazz");
  record.kind = RoomKind::password;
  const auto secret = Secret::draw();
  const auto impostor = MemberKeys::draw();
  auto told = record;
  told.name = "Elsewhere";
  told.kind = RoomKind::invited; // nobody would count guesses
  told.host = impostor.signPublic();
  REQUIRE(opened(desk, told, secret).status == 200);
  REQUIRE(desk.directory.open({record, hashOfToken(secret.joinToken())}));
  const auto anna = JoinReply::parse(desk.join(kAnna, secret).body).value();
  CHECK(anna.room.id == record.id);
  CHECK(anna.room.kind == RoomKind::password);
  auto request = desk.as(kAnna, anna);
  request.order = Order{record.id, 1, Order::What::lock, {}}.sign(impostor);
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/orders", request.encode())) == "not-the-host");
  request.order = Order{record.id, 1, Order::What::lock, {}}.sign(desk.host);
  CHECK(desk.answer("/v1/rooms/Jazz/orders", request.encode()).status == 200);
}

TEST_CASE("A host that takes its room back finds it unlocked")
{
  Desk desk;
  const auto record = desk.recordOf("Jazz");
  const auto secret = Secret::draw();
  const auto impostor = MemberKeys::draw();
  auto told = record;
  told.host = impostor.signPublic();
  REQUIRE(opened(desk, told, secret).status == 200);
  auto request = desk.as(kAnna, JoinReply::parse(desk.join(kAnna, secret).body).value());
  request.order = Order{record.id, 1, Order::What::lock, {}}.sign(impostor);
  REQUIRE(desk.answer("/v1/rooms/Jazz/orders", request.encode()).status == 200);
  REQUIRE(codeOf(desk.join(kBen, secret)) == "locked");
  REQUIRE(desk.directory.open({record, hashOfToken(secret.joinToken())}));
  CHECK(desk.join(kBen, secret).status == 200);
}

TEST_CASE("A full server lets the room go that is empty for longest, and none that somebody is in")
{
  Desk desk;
  const auto played = Secret::draw();
  const auto left = Secret::draw();
  REQUIRE(opened(desk, desk.recordOf("Jazz"), played).status == 200);
  REQUIRE(opened(desk, desk.recordOf("Jazz"), left).status == 200);
  REQUIRE(desk.join(kAnna, played).status == 200);
  fill(desk);
  CHECK(desk.directory.rooms() == Directory::kMostRooms);
  CHECK(codeOf(desk.join(kBen, left)) == "wrong-secret");
  CHECK(desk.join(kBen, played).status == 200);
  CHECK(opened(desk, desk.recordOf("Blues"), left).status == 200);
  CHECK(desk.directory.rooms() == Directory::kMostRooms);
}

TEST_CASE("The host of a full server opens its rooms, also those that are there")
{
  Desk desk;
  fill(desk);
  CHECK(desk.directory.open({desk.record, hashOfToken(desk.secret.joinToken())}));
  CHECK(desk.directory.open({desk.recordOf("Blues"), hashOfToken(desk.secret.joinToken())}));
  CHECK(desk.directory.records().size() == 2);
  CHECK(desk.directory.rooms() == Directory::kMostRooms);
}

TEST_CASE("A server full of its host's own rooms opens one again that is there, and no other")
{
  Desk desk;
  while (desk.directory.open({desk.recordOf("y"), "h"})) continue;
  CHECK(desk.directory.open({desk.record, hashOfToken(desk.secret.joinToken())}));
  CHECK(codeOf(opened(desk, desk.recordOf("x"), desk.secret)) == "too-many-rooms");
}

TEST_CASE("A room in which nobody ever was is gone after ten minutes, one that was left after eight hours")
{
  Desk desk;
  const auto secret = Secret::draw();
  REQUIRE(opened(desk, desk.recordOf("Jazz"), secret).status == 200);
  const auto anna = JoinReply::parse(desk.join(kAnna, secret).body).value();
  desk.answer("/v1/rooms/Jazz/leave", desk.as(kAnna, anna).encode());
  REQUIRE(opened(desk, desk.recordOf("Blues"), secret).status == 200);
  const auto roomsAfter = [&desk](Micros time) {
    desk.now += time;
    desk.directory.advance(desk.now);
    return desk.directory.rooms();
  };
  CHECK(roomsAfter(599s) == 3);
  CHECK(roomsAfter(1s) == 2);
  CHECK(roomsAfter(8h - 601s) == 2);
  CHECK(roomsAfter(1s) == 1);
}

TEST_CASE("A room in which nobody ever was goes everywhere, one that was joined elsewhere nowhere")
{
  SharedDesks desks{2};
  const auto open = [&](const RoomRecord& record) {
    const OpenRequest request{record, hashOfToken(desks.secret.joinToken())};
    const auto reply = desks[0].ask({"POST", "/v1/rooms", request.encode(), kHere}, desks.now, false);
    REQUIRE(std::get<Directory::Answer>(reply).status == 200);
    desks.pass();
  };
  auto unused = desks.record;
  unused.id = RoomId::draw();
  unused.name = "Unused";
  open(desks.record);
  open(unused);
  CHECK(desks[1].rooms() == 2);
  const auto anna = desks.joined(1, kAnna);
  desks.pass();
  CHECK(desks.answer(1, "leave", desks.as(kAnna, anna)).status == 200);
  desks.pass();
  desks.advance(10min);
  CHECK(desks[0].rooms() == 1);
  CHECK(desks[1].rooms() == 1);
}

TEST_CASE("The host's own room takes a stranger's place at all servers, and a late word brings nobody back")
{
  SharedDesks desks{2};
  const auto own = std::exchange(desks.secret, Secret::draw()); // the stranger's
  const OpenRequest request{desks.record, hashOfToken(desks.secret.joinToken())};
  const auto reply = desks[1].ask({"POST", "/v1/rooms", request.encode(), kHere}, desks.now, false);
  REQUIRE(std::get<Directory::Answer>(reply).status == 200);
  const auto ben = desks.joined(1, kBen);
  const auto late = desks[1].everything();
  desks.pass();
  CHECK(desks[0].members() == 1);
  desks.secret = own;
  desks.openRoom(0);
  desks.pass();
  for (std::size_t i = 0; i < desks.size(); ++i) {
    for (const auto& told : late) desks[i].apply(told.fact, desks.now);
    CHECK(desks[i].members() == 0);
    CHECK(codeOf(desks.answer(i, "poll", desks.as(kBen, ben))) == "not-a-member");
    CHECK(desks.join(i, kAnna).status == 200);
  }
}
