// What one member, one household and everybody together may ask of a directory.
#include "DirectoryDesk.hpp"

using namespace tutti;
using namespace tutti::test;

TEST_CASE("A box that nobody empties keeps the newest letter of each member")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  const auto ben = desk.joined(kBen);
  auto request = desk.as(kAnna, anna);
  request.letters.assign(64, {{}, kBen, ByteString(kLargestLetter, std::byte{4})});
  for (int i = 0; i < 10; ++i) desk.answer("/v1/rooms/Jazz/letters", request.encode());
  request.letters.assign(1, {{}, kBen, ByteString(60, std::byte{5})});
  desk.answer("/v1/rooms/Jazz/letters", request.encode());
  const auto update = Update::parse(desk.answer("/v1/rooms/Jazz/poll", desk.as(kBen, ben).encode()).body);
  REQUIRE(update);
  REQUIRE(update->letters.size() == 1);
  CHECK(update->letters.front().body == ByteString(60, std::byte{5}));
}

TEST_CASE("A member says twenty things a second; what it hears, and its goodbye, are not counted")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  const auto ben = desk.joined(kBen);
  auto request = desk.as(kAnna, anna);
  request.letters.push_back({{}, kBen, ByteString(60)});
  const auto said = [&] { return desk.answer("/v1/rooms/Jazz/letters", request.encode()); };
  for (int i = 0; i < 20; ++i) CHECK(said().status == 200);
  CHECK(codeOf(said()) == "too-fast");
  CHECK(desk.answer("/v1/rooms/Jazz/letters", desk.as(kBen, ben).encode()).status == 200);
  desk.now += 50ms;
  CHECK(said().status == 200);
  CHECK(desk.answer("/v1/rooms/Jazz/poll", desk.as(kAnna, anna).encode()).status == 200);
  CHECK(desk.answer("/v1/rooms/Jazz/leave", desk.as(kAnna, anna).encode()).status == 200);
}

TEST_CASE("A letter that holds more than a key is none")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  auto request = desk.as(kAnna, anna);
  request.letters.push_back({{}, kAnna, ByteString(kLargestLetter + 1)});
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/letters", request.encode())) == "malformed");
}

TEST_CASE("Whoever comes and goes does not fill a box")
{
  Desk desk;
  const auto ben = desk.joined(kBen);
  for (std::size_t i = 0; i < 2 * kMostMembers; ++i) {
    const auto id = draw();
    auto request = desk.as(id, desk.joined(id));
    request.letters.push_back({{}, kBen, ByteString(60)});
    REQUIRE(desk.answer("/v1/rooms/Jazz/letters", request.encode()).status == 200);
    desk.answer("/v1/rooms/Jazz/leave", request.encode());
  }
  const auto update = Update::parse(desk.answer("/v1/rooms/Jazz/poll", desk.as(kBen, ben).encode()).body);
  CHECK(update->letters.size() == 1);
}

TEST_CASE("What a member is told about a full room is no more than it listens to")
{
  Desk desk;
  std::map<MemberId, JoinReply> room;
  for (std::size_t i = 0; i < kMostMembers; ++i) {
    const auto id = draw();
    room.emplace(id, desk.joined(id));
    auto request = desk.as(id, room.at(id));
    Card card{id,
              keysOf(id).signPublic(),
              keysOf(id).boxPublic(),
              2,
              std::string(Card::kLongestName, 'x'),
              std::string(Card::kLongestName, 'y'),
              {}};
    card.candidates.assign(Card::kMostCandidates, {IpAddress::v6({0x20, 1}), 7885});
    request.card = card.encode(desk.secret, keysOf(id));
    REQUIRE(desk.answer("/v1/rooms/Jazz/card", request.encode()).status == 200);
  }
  const auto& [ben, reply] = *room.begin();
  for (const auto& [id, joined] : room) {
    auto request = desk.as(id, joined);
    request.letters.push_back({{}, ben, ByteString(kLargestLetter)});
    REQUIRE(desk.answer("/v1/rooms/Jazz/letters", request.encode()).status == 200);
  }
  for (std::uint64_t number = 1; number <= 300; ++number) {
    auto request = desk.as(ben, reply);
    request.order = Order{desk.record.id, number, Order::What::mute, ben}.sign(desk.host);
    desk.now += 50ms;
    REQUIRE(desk.answer("/v1/rooms/Jazz/orders", request.encode()).status == 200);
  }
  const auto answer = desk.answer("/v1/rooms/Jazz/poll", desk.as(ben, reply).encode());
  CHECK(answer.body.size() < kLargestBody - 4096); // whoever joins is told a little more
  CHECK(Update::parse(answer.body)->letters.size() == kMostMembers);
}

TEST_CASE("Five wrong guesses at a password a minute, then nobody is told whether the next one is right")
{
  Desk desk{RoomKind::password};
  for (int i = 0; i < 5; ++i) CHECK(codeOf(desk.join(kAnna, Secret::draw())) == "wrong-password");
  CHECK(codeOf(desk.join(kAnna, Secret::draw())) == "too-fast");
  CHECK(codeOf(desk.join(kAnna, desk.secret)) == "too-fast");
  CHECK(desk.join(kBen, desk.secret, kElsewhere).status == 200);
  desk.now += 12s;
  CHECK(desk.join(kAnna, desk.secret).status == 200);
}

TEST_CASE("Who has an invitation gets in while others behind the same address guess")
{
  Desk desk;
  for (int i = 0; i < 5; ++i) CHECK(codeOf(desk.join(kAnna, Secret::draw())) == "wrong-secret");
  CHECK(codeOf(desk.join(kAnna, Secret::draw())) == "too-fast");
  CHECK(desk.join(kBen, desk.secret).status == 200);
  const OpenRequest again{desk.record, hashOfToken(desk.secret.joinToken())};
  CHECK(desk.answer("/v1/rooms", again.encode()).status == 200);
  CHECK(codeOf(desk.join(kAnna, Secret::draw())) == "too-fast"); // who is right pays for nobody's guess
}

TEST_CASE("An invitation to one room tells nothing about the password of another one of its name")
{
  Desk desk{RoomKind::password};
  const auto decoy = Secret::draw();
  REQUIRE(desk.directory.open({desk.recordOf("Jazz"), hashOfToken(decoy.joinToken())}));
  for (int i = 0; i < 5; ++i) desk.join(kAnna, Secret::draw());
  CHECK(desk.join(kAnna, decoy).status == 200);
  CHECK(codeOf(desk.join(kBen, desk.secret)) == "too-fast");
  CHECK(codeOf(desk.join(kBen, Secret::draw())) == "too-fast");
}

TEST_CASE("To open a room with another token than its own is a guess like any other")
{
  Desk desk{RoomKind::password};
  const auto guess = [&desk] {
    return desk.answer("/v1/rooms",
                       OpenRequest{desk.record, hashOfToken(Secret::draw().joinToken())}.encode());
  };
  for (int i = 0; i < 5; ++i) CHECK(codeOf(guess()) == "malformed");
  CHECK(codeOf(guess()) == "too-fast");
  CHECK(codeOf(desk.join(kAnna, desk.secret)) == "too-fast");
  const OpenRequest right{desk.record, hashOfToken(desk.secret.joinToken())};
  CHECK(codeOf(desk.answer("/v1/rooms", right.encode())) == "too-fast");
  CHECK(desk.answer("/v1/rooms", right.encode(), kElsewhere).status == 200);
}

TEST_CASE("All addresses of an IPv6 household guess together")
{
  Desk desk;
  const auto at = [](const char* text) { return IpAddress::parse(text).value(); };
  for (const char* address : {"2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4", "2001:db8::ffff:5"})
    CHECK(codeOf(desk.join(kAnna, Secret::draw(), at(address))) == "wrong-secret");
  CHECK(codeOf(desk.join(kAnna, Secret::draw(), at("2001:db8::6"))) == "too-fast");
  CHECK(codeOf(desk.join(kAnna, Secret::draw(), at("2001:db8:0:1::6"))) == "wrong-secret");
}

TEST_CASE("Who guesses is not forgotten because many others come by")
{
  Desk desk{RoomKind::password};
  for (int i = 0; i < 5; ++i) desk.join(kAnna, Secret::draw());
  for (unsigned i = 0; i < 5000; ++i)
    desk.join(
      kBen, desk.secret,
      IpAddress::v4({10, 0, static_cast<std::uint8_t>(i >> 8U), static_cast<std::uint8_t>(i & 0xffU)}));
  CHECK(codeOf(desk.join(kAnna, Secret::draw())) == "too-fast");
}

TEST_CASE("Rooms are opened ten a minute by one address, and 256 in all")
{
  Desk desk;
  std::size_t opened = 0;
  for (int i = 0; i < 20; ++i)
    opened += desk.answer("/v1/rooms", OpenRequest{desk.recordOf("x"), "h"}.encode()).status == 200 ? 1U : 0U;
  CHECK(opened == 10);
  while (desk.directory.open({desk.recordOf("y"), "h"})) continue;
  CHECK(desk.directory.rooms() == Directory::kMostRooms);
}

TEST_CASE("A server bears 2560 members; who was in may come back")
{
  Desk desk;
  desk.joined(kAnna);
  std::vector<MemberId> crowd(Directory::kMostMembers);
  std::ranges::generate(crowd, draw);
  const auto bears = [&desk] { return desk.directory.members() < Directory::kMostInAll; };
  while (bears()) {
    const auto other = Secret::draw();
    REQUIRE(desk.directory.open({desk.recordOf("Jazz"), hashOfToken(other.joinToken())}));
    for (const auto& member : crowd)
      if (bears()) REQUIRE(desk.join(member, other).status == 200);
  }
  CHECK(codeOf(desk.join(kBen, desk.secret)) == "full");
  CHECK(desk.join(kAnna, desk.secret).status == 200);
}

TEST_CASE("Four rooms from one household are in use at the same time; a fifth takes an empty one's place")
{
  Desk desk;
  std::vector<Secret> secrets;
  std::vector<JoinReply> annas;
  const auto open = [&](const IpAddress& from) {
    const OpenRequest request{desk.recordOf("Jazz"),
                              hashOfToken(secrets.emplace_back(Secret::draw()).joinToken())};
    return desk.answer("/v1/rooms", request.encode(), from);
  };
  for (int i = 0; i < 4; ++i) {
    REQUIRE(open(kHere).status == 200);
    annas.push_back(JoinReply::parse(desk.join(kAnna, secrets.back()).body).value());
  }
  CHECK(codeOf(open(kHere)) == "too-many-rooms");
  CHECK(open(kElsewhere).status == 200);
  desk.answer("/v1/rooms/Jazz/leave", desk.as(kAnna, annas[2]).encode());
  desk.now += 10s;
  CHECK(open(kHere).status == 200);
  CHECK(codeOf(desk.join(kAnna, secrets[2])) == "wrong-secret");
  CHECK(desk.join(kAnna, secrets[3]).status == 200);
}
