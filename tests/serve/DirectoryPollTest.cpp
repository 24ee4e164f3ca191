// What members hear of their room: news, letters, and for how long they are heard themselves.
#include "DirectoryDesk.hpp"

using namespace tutti;
using namespace tutti::test;

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

TEST_CASE("Nobody sends more letters at once than there are members")
{
  Desk desk;
  auto request = desk.as(kAnna, desk.joined(kAnna));
  for (int i = 0; i < 64; ++i) request.letters.push_back({kAnna, kBen, {}});
  CHECK(desk.answer("/v1/rooms/Jazz/letters", request.encode()).status == 200);
  request.letters.push_back({kAnna, kBen, {}});
  CHECK(codeOf(desk.answer("/v1/rooms/Jazz/letters", request.encode())) == "malformed");
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
