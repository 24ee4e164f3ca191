#include "DirectoryDesk.hpp"

using namespace tutti;
using namespace tutti::test;

TEST_CASE("Who joins learns the port, a slot of its own, and who else is there")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  CHECK(anna.udpPort == 7885);
  CHECK(anna.room.name == "Jazz");
  CHECK(anna.update.roster.size() == 1);
  const auto ben = desk.joined(kBen);
  CHECK(ben.slot != anna.slot);
  CHECK(ben.update.roster.size() == 2);
  const auto changes = desk.directory.takeChanges();
  REQUIRE(changes.size() == 2);
  CHECK(std::get<Admission>(changes[1]).user == ben.stunUser);
  CHECK(desk.directory.members() == 2);
}

TEST_CASE("Who is elsewhere learns the forwarder's port outside, who is here the one here")
{
  Desk desk;
  const auto portFor = [&desk](const MemberId& id, const IpAddress& from) {
    return JoinReply::parse(desk.join(id, desk.secret, from).body)->udpPort;
  };
  desk.directory.setElsewhere(
    Directory::Elsewhere{50002, {{"eth0", 2, IpAddress::v4({192, 0, 2, 200}), 24}}});
  CHECK(portFor(kAnna, kHere) == 7885);
  CHECK(portFor(kBen, IpAddress::v4({198, 51, 100, 1})) == 50002);
  desk.directory.setElsewhere(std::nullopt);
  CHECK(portFor(kBen, IpAddress::v4({198, 51, 100, 1})) == 7885);
}

TEST_CASE("What nobody can read is refused without the directory")
{
  const auto isRefused = [](const char* path, const std::string& body) {
    return std::holds_alternative<Directory::Answer>(Directory::read({"POST", path, body, kHere}));
  };
  MemberRequest request{kAnna, "pass", 7, {}, {}, {}};
  CHECK_FALSE(isRefused("/v1/rooms/Jazz/poll", request.encode()));
  request.letters.assign(3, {{}, kBen, ByteString(kLargestLetter)});
  CHECK_FALSE(isRefused("/v1/rooms/Jazz/letters", request.encode()));
  CHECK(isRefused("/v1/rooms/Jazz/poll", request.encode())); // a poll has nothing to say
  for (const char* path :
       {"/v1/rooms", "/v1/rooms/Jazz/members", "/v1/rooms/Jazz/poll", "/v1/rooms/Jazz/letters"})
    CHECK(isRefused(path, "{"));
}

TEST_CASE("Who comes back all the time has to wait")
{
  Desk desk;
  for (int i = 0; i <= 20; ++i) desk.joined(kAnna);
  CHECK(codeOf(desk.join(kAnna, desk.secret)) == "too-fast");
  desk.now += 1s;
  desk.joined(kAnna);
  desk.joined(kBen); // nobody else does
}

TEST_CASE("A goodbye is heard at once")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  CHECK(desk.answer("/v1/rooms/Jazz/leave", desk.as(kAnna, anna).encode()).status == 200);
  CHECK(desk.directory.members() == 0);
}

TEST_CASE("Each refusal says why, in a sentence")
{
  Desk desk;
  CHECK(codeOf(desk.answer("/v1/rooms/Blues/members",
                           JoinRequest{kVersion, "x", kAnna, ByteString(9), 0, {}}.encode())) == "no-room");
  CHECK(codeOf(desk.join(kAnna, Secret::draw())) == "wrong-secret");
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/members", R"({"version":2})")) == "version");
  CHECK(codeOf(desk.answer("/v9/rooms", "{}")) == "version");
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/members", "{")) == "malformed");
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/poll", desk.as(kAnna, {}).encode())) == "not-a-member");
}

TEST_CASE("A room of sixty-four is full; who was in it may come back")
{
  Desk desk;
  desk.joined(kAnna);
  for (std::size_t i = 1; i < Directory::kMostMembers; ++i) desk.joined(draw());
  CHECK(codeOf(desk.join(kBen, desk.secret)) == "full");
  CHECK(desk.join(kAnna, desk.secret).status == 200);
}

TEST_CASE("Nobody comes back as somebody else, whose card everybody has")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  const auto ben = desk.joined(kBen);
  JoinRequest stolen{kVersion, desk.secret.joinToken(), kAnna, anna.update.roster.front().card, 0, {}};
  stolen.prove(keysOf(kBen));
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/members", stolen.encode())) == "malformed");
  stolen.id = kBen; // and not with another's card either
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/members", stolen.encode())) == "malformed");
  auto renewed = desk.as(kBen, ben);
  renewed.card = stolen.card;
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/card", renewed.encode())) == "malformed");
  CHECK(desk.answer("/v1/rooms/Jazz/poll", desk.as(kAnna, anna).encode()).status ==
        200); // she is still there
  stolen.id = kAnna;
  stolen.prove(keysOf(kAnna));
  CHECK(desk.answer("/v1/rooms/Jazz/members", stolen.encode()).status == 200);
}

TEST_CASE("Who comes back gets its old slot, if it is free")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  desk.answer("/v1/rooms/Jazz/leave", desk.as(kAnna, anna).encode());
  CHECK(desk.joined(kAnna, 400).slot == 400);
  CHECK(desk.joined(kBen, 400).slot != 400);
}

TEST_CASE("The host locks the room and sends somebody away; nobody else can")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  const auto ben = desk.joined(kBen);
  auto request = desk.as(kAnna, anna);
  request.order = Order{desk.record.id, 1, Order::What::lock, {}}.sign(MemberKeys::draw());
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/orders", request.encode())) == "not-the-host");
  request.order = Order{desk.record.id, 1, Order::What::lock, {}}.sign(desk.host);
  CHECK(desk.answer("/v1/rooms/Jazz/orders", request.encode()).status == 200);
  CHECK(codeOf(desk.join(draw(), desk.secret)) == "locked");
  request.order = Order{desk.record.id, 2, Order::What::kick, kBen}.sign(desk.host);
  CHECK(desk.answer("/v1/rooms/Jazz/orders", request.encode()).status == 200);
  CHECK(desk.directory.members() == 1);
  CHECK(codeOf(desk.join(kBen, desk.secret)) == "kicked");
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/poll", desk.as(kBen, ben).encode())) == "not-a-member");
}

TEST_CASE("Members open their room again after the server has lost it")
{
  Desk desk;
  const OpenRequest request{desk.recordOf("Blues"), hashOfToken(desk.secret.joinToken())};
  CHECK(desk.answer("/v1/rooms", request.encode()).status == 200);
  CHECK(desk.answer("/v1/rooms", request.encode()).status == 200); // the second one to come back
  CHECK(desk.directory.rooms() == 2);
  auto impostor = request;
  impostor.tokenHash = "another";
  CHECK(desk.answer("/v1/rooms", impostor.encode()).status == 400);
  desk.now += 8h;
  desk.directory.advance(desk.now);
  CHECK(desk.directory.rooms() == 1); // nobody came; the host's own stays
}

TEST_CASE("A room is told to who asks, without what is secret")
{
  Desk desk;
  const auto told =
    std::get<Directory::Answer>(desk.directory.ask({"GET", "/v1/rooms/Jazz", "", kHere}, desk.now, false));
  const auto room = RoomRecord::parse(told.body);
  REQUIRE(room);
  CHECK(room->id == desk.record.id);
  CHECK_FALSE(room->secret);
}

TEST_CASE("Who opens another room of the same name does not stand in front of the host's own")
{
  for (int i = 0; i < 8; ++i) { // ids are drawn: either may sort first
    Desk desk;
    const auto other = Secret::draw();
    auto copy = desk.recordOf("Jazz");
    copy.kind = RoomKind::open;
    copy.secret = other;
    REQUIRE(desk.answer("/v1/rooms", OpenRequest{copy, hashOfToken(other.joinToken())}.encode()).status ==
            200);
    REQUIRE(desk.join(kBen, other).status == 200);
    const auto told =
      std::get<Directory::Answer>(desk.directory.ask({"GET", "/v1/rooms/Jazz", "", kHere}, desk.now, false));
    CHECK(RoomRecord::parse(told.body)->id == desk.record.id);
  }
}

TEST_CASE("What guests open is not announced")
{
  Desk desk;
  const OpenRequest request{desk.recordOf("Blues"), hashOfToken(desk.secret.joinToken())};
  REQUIRE(desk.answer("/v1/rooms", request.encode()).status == 200);
  REQUIRE(desk.directory.records().size() == 1);
  CHECK(desk.directory.records().front().name == "Jazz");
}

TEST_CASE("Members of a room may have leave to use TURN servers, and nobody else")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  const auto reply = desk.ask("/v1/rooms/Jazz/turn", desk.as(kAnna, anna).encode());
  REQUIRE(std::holds_alternative<Directory::TurnWish>(reply));
  const auto who = std::get<Directory::TurnWish>(reply).who;
  CHECK_FALSE(who.empty());
  CHECK(who != anna.pass);
  CHECK(who.find(kAnna.text()) == std::string::npos);
  auto stranger = desk.as(kBen, anna);
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/turn", stranger.encode())) == "not-a-member");
  desk.answer("/v1/rooms/Jazz/leave", desk.as(kAnna, anna).encode());
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/turn", desk.as(kAnna, anna).encode())) == "not-a-member");
}

TEST_CASE("A member that asks for TURN all the time has to wait")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  const auto question = desk.as(kAnna, anna).encode();
  int granted = 0;
  while (std::holds_alternative<Directory::TurnWish>(desk.ask("/v1/rooms/Jazz/turn", question))) ++granted;
  CHECK(granted == 20);
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/turn", question)) == "too-fast");
}
