#include <Catch.hpp>
#include <map>
#include <tutti/room/Card.hpp>
#include <tutti/serve/Directory.hpp>

using namespace tutti;
using namespace tutti::serve;
using namespace tutti::room;
using namespace tutti::room::wire;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
const IpAddress kHere = IpAddress::v4({192, 0, 2, 1});
const IpAddress kElsewhere = IpAddress::v4({192, 0, 2, 2});

std::map<MemberId, MemberKeys>& drawn()
{
  static std::map<MemberId, MemberKeys> all;
  return all;
}

MemberId draw()
{
  auto keys = MemberKeys::draw();
  const auto id = keys.id();
  drawn().emplace(id, std::move(keys));
  return id;
}

const MemberKeys& keysOf(const MemberId& id)
{
  return drawn().at(id);
}

/// A directory with one room, "Jazz".
struct Desk {
  Desk() { REQUIRE(directory.open({record, hashOfToken(secret.joinToken())})); }

  std::variant<Directory::Answer, Directory::Wait> ask(const std::string& path, const std::string& body,
                                                       bool mayWait = false, IpAddress from = kHere)
  {
    return directory.ask({"POST", path, body, from}, now, mayWait);
  }
  Directory::Answer answer(const std::string& path, const std::string& body, IpAddress from = kHere)
  {
    return std::get<Directory::Answer>(ask(path, body, false, from));
  }
  Directory::Answer join(const MemberId& id, const Secret& with, IpAddress from = kHere,
                         std::uint16_t slot = 0)
  {
    const auto& keys = keysOf(id);
    const Card card{keys.id(), keys.signPublic(), keys.boxPublic(), 1, "Anna", "", {}};
    JoinRequest request{kVersion, with.joinToken(), id, card.encode(with, keys), slot, {}};
    request.prove(keys);
    return answer("/v1/rooms/Jazz/members", request.encode(), from);
  }
  JoinReply joined(const MemberId& id, std::uint16_t slot = 0)
  {
    const auto reply = JoinReply::parse(join(id, secret, kHere, slot).body);
    REQUIRE(reply);
    return *reply;
  }
  MemberRequest as(const MemberId& id, const JoinReply& reply, std::uint64_t since = 0)
  {
    MemberRequest request;
    request.id = id;
    request.pass = reply.pass;
    request.since = since;
    return request;
  }

  RoomRecord recordOf(std::string name)
  {
    RoomRecord made;
    made.name = std::move(name);
    made.id = RoomId::draw();
    made.host = host.signPublic();
    return made;
  }

  MemberKeys host = MemberKeys::draw();
  Secret secret = Secret::draw();
  RoomRecord record = recordOf("Jazz");
  Directory directory{7885};
  HostTime now = kStart;
};

std::string codeOf(const Directory::Answer& answer)
{
  const auto refusal = Refusal::parse(answer.body);
  REQUIRE(refusal);
  CHECK(answer.status >= 400);
  CHECK(refusal->sentence.size() > 20);
  return refusal->code;
}

const MemberId kAnna = draw();
const MemberId kBen = draw();

} // namespace

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

TEST_CASE("Five wrong guesses a minute, then a pause; who knows the secret elsewhere is not disturbed")
{
  Desk desk;
  for (int i = 0; i < 5; ++i) CHECK(codeOf(desk.join(kAnna, Secret::draw())) == "wrong-secret");
  CHECK(codeOf(desk.join(kAnna, desk.secret)) == "too-fast");
  CHECK(desk.join(kBen, desk.secret, kElsewhere).status == 200);
  desk.now += 12s;
  CHECK(desk.join(kAnna, desk.secret).status == 200);
}

TEST_CASE("To open a known room with another token is a guess like any other")
{
  Desk desk;
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
  Desk desk;
  for (int i = 0; i < 5; ++i) desk.join(kAnna, Secret::draw());
  for (unsigned i = 0; i < 5000; ++i)
    desk.join(
      kBen, desk.secret,
      IpAddress::v4({10, 0, static_cast<std::uint8_t>(i >> 8U), static_cast<std::uint8_t>(i & 0xffU)}));
  CHECK(codeOf(desk.join(kAnna, Secret::draw())) == "too-fast");
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

TEST_CASE("A server bears 512 members; who was in may come back")
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
