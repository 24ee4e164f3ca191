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

TEST_CASE("A poll waits until something is new")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  const auto quiet = desk.as(kAnna, anna, anna.update.revision).encode();
  desk.directory.takeNews();
  CHECK(std::holds_alternative<Directory::Wait>(desk.ask("/v1/rooms/Jazz/poll", quiet, true)));
  CHECK(Update::parse(desk.answer("/v1/rooms/Jazz/poll", quiet).body)->revision == anna.update.revision);
  desk.joined(kBen);
  CHECK(desk.directory.takeNews() == std::set{desk.record.id});
  const auto news = desk.ask("/v1/rooms/Jazz/poll", quiet, true);
  REQUIRE(std::holds_alternative<Directory::Answer>(news));
  CHECK(Update::parse(std::get<Directory::Answer>(news).body)->roster.size() == 2);
}

TEST_CASE("What is new in a room wakes only who is in it")
{
  Desk desk;
  const auto other = Secret::draw();
  const auto record = desk.recordOf("Jazz");
  REQUIRE(desk.directory.open({record, hashOfToken(other.joinToken())}));
  const auto anna = desk.joined(kAnna);
  const auto quiet = desk.as(kAnna, anna, anna.update.revision).encode();
  const auto reply = desk.ask("/v1/rooms/Jazz/poll", quiet, true);
  REQUIRE(std::holds_alternative<Directory::Wait>(reply));
  CHECK(std::get<Directory::Wait>(reply).room == desk.record.id);
  desk.directory.takeNews();
  const auto ben = JoinReply::parse(desk.join(kBen, other).body).value();
  CHECK(desk.directory.takeNews() == std::set{record.id});
  auto request = desk.as(kBen, ben);
  request.letters.push_back({{}, kBen, ByteString(60)});
  desk.answer("/v1/rooms/Jazz/letters", request.encode());
  CHECK(desk.directory.takeNews() == std::set{record.id});
  CHECK(desk.directory.takeNews().empty());
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

TEST_CASE("Who is not heard for fifteen seconds has left")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  desk.joined(kBen);
  desk.directory.takeChanges();
  desk.now += 14s;
  desk.answer("/v1/rooms/Jazz/poll", desk.as(kAnna, anna).encode());
  desk.now += 1s;
  desk.directory.advance(desk.now);
  CHECK(desk.directory.members() == 1);
  REQUIRE(desk.directory.takeChanges().size() == 1);
  desk.now += 14s;
  desk.directory.advance(desk.now);
  CHECK(desk.directory.members() == 0);
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/poll", desk.as(kAnna, anna).encode())) == "not-a-member");
}

TEST_CASE("A poll that lies here renews no lease: who has asked may be gone")
{
  Desk desk;
  const auto reply = desk.joined(kAnna);
  const auto request = desk.as(kAnna, reply, reply.update.revision).encode();
  const auto read = Directory::read({"POST", "/v1/rooms/Jazz/poll", request, kHere});
  const auto& asked = std::get<Directory::Asked>(read);
  desk.now += 10s;
  const auto wait = std::get<Directory::Wait>(desk.directory.ask(asked, desk.now, true));
  CHECK(std::holds_alternative<Directory::Wait>(desk.directory.askAgain(asked, wait, true))); // others' news
  CHECK(std::get<Directory::Answer>(desk.directory.askAgain(asked, wait, false)).status == 200);
  desk.directory.advance(desk.now + 14'999ms);
  CHECK(desk.directory.members() == 1);
  desk.directory.advance(desk.now + 15s);
  CHECK(desk.directory.members() == 0);
  CHECK(codeOf(std::get<Directory::Answer>(desk.directory.askAgain(asked, wait, true))) == "not-a-member");
}

TEST_CASE("A letter is for the last poll of a member: an earlier one was cut, and nobody reads its answer")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  const auto ben = desk.joined(kBen);
  const auto read = Directory::read(
    {"POST", "/v1/rooms/Jazz/poll", desk.as(kAnna, anna, anna.update.revision + 1).encode(), kHere});
  const auto& asked = std::get<Directory::Asked>(read);
  const auto first = std::get<Directory::Wait>(desk.directory.ask(asked, desk.now, true));
  const auto second = std::get<Directory::Wait>(desk.directory.ask(asked, desk.now, true));
  auto letter = desk.as(kBen, ben);
  letter.letters = {{kBen, kAnna, {std::byte{7}}}};
  desk.answer("/v1/rooms/Jazz/letters", letter.encode());
  CHECK(codeOf(std::get<Directory::Answer>(desk.directory.askAgain(asked, first, true))) == "asked-again");
  const auto news = std::get<Directory::Answer>(desk.directory.askAgain(asked, second, true));
  CHECK(Update::parse(news.body)->letters.size() == 1);
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

TEST_CASE("Nobody sends more letters at once than there are members")
{
  Desk desk;
  auto request = desk.as(kAnna, desk.joined(kAnna));
  for (int i = 0; i < 64; ++i) request.letters.push_back({kAnna, kBen, {}});
  CHECK(desk.answer("/v1/rooms/Jazz/letters", request.encode()).status == 200);
  request.letters.push_back({kAnna, kBen, {}});
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/letters", request.encode())) == "malformed");
}

TEST_CASE("A goodbye is heard at once")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  CHECK(desk.answer("/v1/rooms/Jazz/leave", desk.as(kAnna, anna).encode()).status == 200);
  CHECK(desk.directory.members() == 0);
}

TEST_CASE("Letters reach whom they are for, once")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  const auto ben = desk.joined(kBen);
  auto request = desk.as(kAnna, anna);
  request.letters.push_back({{}, kBen, ByteString(60, std::byte{4})});
  request.letters.push_back({{}, MemberId::draw(), ByteString(60, std::byte{5})});
  CHECK(desk.answer("/v1/rooms/Jazz/letters", request.encode()).status == 200);
  const auto poll = desk.as(kBen, ben).encode();
  const auto update = Update::parse(desk.answer("/v1/rooms/Jazz/poll", poll).body);
  REQUIRE(update->letters.size() == 1);
  CHECK(update->letters.front() == Letter{kAnna, kBen, ByteString(60, std::byte{4})});
  CHECK(Update::parse(desk.answer("/v1/rooms/Jazz/poll", poll).body)->letters.empty());
}

TEST_CASE("News are the same for all but those who have letters, until something changes")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  const auto ben = desk.joined(kBen);
  const auto told = [&desk](const MemberId& id, const JoinReply& reply) {
    return Update::parse(desk.answer("/v1/rooms/Jazz/poll", desk.as(id, reply).encode()).body).value();
  };
  CHECK(told(kAnna, anna).roster.size() == 2);
  auto letter = desk.as(kAnna, anna);
  letter.letters = {{kAnna, kBen, {std::byte{7}}}};
  desk.answer("/v1/rooms/Jazz/letters", letter.encode());
  CHECK(told(kAnna, anna).letters.empty());
  CHECK(told(kBen, ben).letters.size() == 1);
  CHECK(told(kBen, ben).letters.empty());
  CHECK(told(kAnna, anna).letters.empty());
  const auto cora = draw();
  desk.joined(cora);
  CHECK(told(kAnna, anna).roster.size() == 3);
  desk.answer("/v1/rooms/Jazz/leave", desk.as(kBen, ben).encode());
  const auto last = told(kAnna, anna);
  CHECK(last.roster.size() == 2);
  CHECK(last.revision > anna.update.revision);
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

TEST_CASE("Who does not ask what is new has left, however much it says")
{
  Desk desk;
  const auto anna = desk.joined(kAnna);
  for (int i = 0; i < 15; ++i) {
    desk.answer("/v1/rooms/Jazz/letters", desk.as(kAnna, anna).encode());
    desk.now += 1s;
  }
  desk.directory.advance(desk.now);
  CHECK(desk.directory.members() == 0);
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
