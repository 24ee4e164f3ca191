#include <Catch.hpp>
#include <tutti/room/DirectoryWire.hpp>

using namespace tutti;
using namespace tutti::room;
using namespace tutti::room::wire;

namespace {

ByteString someBytes(std::size_t size)
{
  return ByteString(size, std::byte{0x5c});
}

RoomRecord someRoom()
{
  RoomRecord room;
  room.name = "Jazz cellar \u266a";
  room.kind = RoomKind::open;
  room.id = RoomId::draw();
  room.host = SignPublic{std::byte{7}};
  room.secret = Secret::draw();
  room.proveHost(*room.secret);
  room.members = 3;
  room.isLocked = true;
  return room;
}

Update someUpdate()
{
  return {9,
          {{MemberId::draw(), 4, someBytes(100)}},
          {{MemberId::draw(), MemberId::draw(), someBytes(80)}},
          {someBytes(118)}};
}

} // namespace

TEST_CASE("A room is told as it is")
{
  const auto room = someRoom();
  const auto read = RoomRecord::parse(room.encode());
  REQUIRE(read);
  CHECK(read->encode() == room.encode());
  CHECK(read->secret == room.secret);
  CHECK(read->host == room.host);
  CHECK(read->provedHost(*room.secret) == room.host);
}

TEST_CASE("Only who knows a room's secret can say who hosts it") // spec room R-7
{
  const auto secret = Secret::draw();
  auto room = someRoom();
  room.proveHost(Secret::draw());
  CHECK_FALSE(room.provedHost(secret));
  room.proveHost(secret);
  CHECK(room.provedHost(secret) == room.host);
  auto another = room;
  another.host = SignPublic{std::byte{8}};
  CHECK_FALSE(another.provedHost(secret));
  another = room;
  another.id = RoomId::draw(); // nor take the host of another room
  CHECK_FALSE(another.provedHost(secret));
  another = room;
  another.hostProof.reset();
  CHECK_FALSE(another.provedHost(secret));
  another.host.reset();
  another.proveHost(secret);
  CHECK_FALSE(another.hostProof);
}

TEST_CASE("A join and its answer survive the way")
{
  const auto keys = MemberKeys::draw();
  JoinRequest request{kVersion, "a token", keys.id(), someBytes(200), 7, {}};
  request.prove(keys);
  const auto asked = JoinRequest::parse(request.encode());
  REQUIRE(asked);
  CHECK(asked->encode() == request.encode());
  CHECK(asked->isProvedBy(keys.signPublic()));
  const JoinReply reply{5, "pass", 7885, "user", "password", someRoom(), someUpdate()};
  const auto read = JoinReply::parse(reply.encode());
  REQUIRE(read);
  CHECK(read->update.roster == reply.update.roster);
  CHECK(read->update.letters == reply.update.letters);
  CHECK(read->update.orders == reply.update.orders);
  CHECK(read->encode() == reply.encode());
}

TEST_CASE("Of another version only the version is read")
{
  const auto read = JoinRequest::parse(R"({"version":2,"tickets":[]})");
  REQUIRE(read);
  CHECK(read->version == 2);
}

TEST_CASE("What a member says once it is in survives the way")
{
  MemberRequest request{MemberId::draw(), "pass", 12, someBytes(9), someBytes(10), {}};
  request.letters.push_back({{}, MemberId::draw(), someBytes(11)});
  CHECK(MemberRequest::parse(request.encode()).value().encode() == request.encode());
}

TEST_CASE("Fields of the wrong kind, too long or missing make nothing of the whole")
{
  CHECK_FALSE(RoomRecord::parse(""));
  CHECK_FALSE(RoomRecord::parse("[]"));
  CHECK_FALSE(RoomRecord::parse(R"({"name":5})"));
  CHECK_FALSE(JoinRequest::parse(R"({"version":1,"token":"x"})"));
  CHECK_FALSE(JoinRequest::parse(R"({"version":-1})"));
  CHECK_FALSE(JoinRequest::parse(R"({"version":1.5})"));
  CHECK_FALSE(MemberRequest::parse(R"({"id":"short","pass":""})"));
  CHECK_FALSE(Update::parse(R"({"revision":1,"roster":{},"letters":[],"orders":[]})"));
  CHECK_FALSE(Update::parse(R"({"revision":1,"roster":[],"letters":[3],"orders":[]})"));
  CHECK_FALSE(Refusal::parse(R"({"error":"x","sentence":"two\nlines"})"));
  CHECK_FALSE(Update::parse(std::string(100'000, '[')));
  CHECK_FALSE(Update::parse(std::string(kLargestBody + 1, ' ') + someUpdate().encode()));
}

TEST_CASE("What is nested deeper than anything we say, or has more in it, is not looked at")
{
  const auto with = [](const std::string& more) {
    return MemberRequest::parse(R"({"id":")" + MemberId{}.text() + R"(","pass":"x","more":)" + more + "}")
      .has_value();
  };
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(with(nested(5)));
  CHECK_FALSE(with(nested(6)));
  CHECK(with(R"("\"[[[[[[[[[[[[,\\")"));
  std::string many = "[0";
  for (int i = 0; i < 1000; ++i) many += ",0";
  CHECK(with(many + ']'));
  for (int i = 0; i < 4000; ++i) many += ",0";
  CHECK_FALSE(with(many + ']'));
}

TEST_CASE("A roster of more than a room holds is none")
{
  Update update;
  update.roster.assign(kMostMembers, {MemberId::draw(), 1, someBytes(3)});
  CHECK(Update::parse(update.encode()));
  update.roster.push_back({MemberId::draw(), 1, someBytes(3)});
  CHECK_FALSE(Update::parse(update.encode()));
}

TEST_CASE("Forwarders to choose from, and how far they are, survive the way")
{
  Update update;
  CHECK(update.encode().find("forwarders") == std::string::npos); // of a server that has only its own
  update.forwarders = {{7, {IpAddress::v4({192, 0, 2, 1}), IpAddress::v6({0x20})}, 7885},
                       {9, {IpAddress::v4({192, 0, 2, 2})}, 4711}};
  CHECK(Update::parse(update.encode())->forwarders == update.forwarders);
  MemberRequest request;
  request.roundTrips = {{7, 12'000}, {9, 800}};
  CHECK(MemberRequest::parse(request.encode())->roundTrips == request.roundTrips);
}

TEST_CASE("More forwarders than there may be, or one without an address, are none")
{
  Update update;
  update.forwarders.assign(kMostForwarders, {7, {IpAddress::v4({192, 0, 2, 1})}, 7885});
  CHECK(Update::parse(update.encode()));
  update.forwarders.push_back(update.forwarders.front());
  CHECK_FALSE(Update::parse(update.encode()));
  update.forwarders.assign(1, {7, {}, 7885});
  CHECK_FALSE(Update::parse(update.encode()));
  MemberRequest request;
  request.roundTrips.assign(kMostForwarders + 1, {7, 12'000});
  CHECK_FALSE(MemberRequest::parse(request.encode()));
}
