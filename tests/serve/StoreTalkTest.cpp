#include <Catch.hpp>
#include <chrono>

#include "PretendRedis.hpp"

using namespace tutti;
using namespace tutti::test;
using namespace std::chrono_literals;
using Line = StoreTalk::Line;
using Actions = std::vector<StoreTalk::Action>;

namespace {

constexpr auto kStart = HostTime{} + 1h;

template <class Kind> std::vector<Kind> allOf(const Actions& actions)
{
  std::vector<Kind> found;
  for (const auto& action : actions)
    if (const auto* one = std::get_if<Kind>(&action)) found.push_back(*one);
  return found;
}

RoomFact aRoom(const char* name = "Jazz")
{
  RoomFact fact{{7, 1}, 3, {}, "hash", true, IpAddress::v4({192, 0, 2, 1})};
  fact.record.name = name;
  fact.record.id = room::RoomId::draw();
  return fact;
}

MemberFact aMember(const room::RoomId& room)
{
  return {{9, 1}, {8, 1}, {8, 1},         room, room::MemberId::draw(), "pass", "user",
          "word", 7,      ByteString(99), {}};
}

/// A talk whose answers come at once, until nobody has anything to say.
struct Conversation {
  explicit Conversation(const char* url = "redis://127.0.0.1")
    : talk{StoreUrl::parse(url).value(), kStart}
  {}
  Actions play(Actions actions)
  {
    for (std::size_t i = 0; i < actions.size(); ++i) {
      const auto* send = std::get_if<StoreTalk::Send>(&actions[i]);
      Actions more;
      if (std::holds_alternative<StoreTalk::TellAll>(actions[i])) more = talk.tellAll(known);
      if (send != nullptr) {
        const auto line = send->line;
        const auto said = (line == Line::news ? news : commands).answer(send->bytes);
        more = talk.receive(line, asBytes(said), now);
      }
      actions.insert(actions.end(), more.begin(), more.end());
    }
    return actions;
  }
  void setPassword(const char* password)
  {
    news.password = password;
    commands.password = password;
  }

  StoreTalk talk;
  PretendRedis commands;
  PretendRedis news;
  std::vector<Told> known;
  HostTime now = kStart;
};

std::string pushed(const Fact& fact)
{
  const auto bytes = encodeFact(fact);
  return fmt::format("*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n${}\r\n{}\r\n", bytes.size(), asText(bytes));
}

} // namespace

TEST_CASE("What a store knows is heard at first, rooms before members")
{
  Conversation first;
  const auto room = aRoom();
  const auto member = aMember(room.record.id);
  first.known = {{member, true}, {room, true}};
  first.play(first.talk.begin());
  Conversation second;
  second.commands.values = first.commands.values;
  const auto actions = second.play(second.talk.begin());
  const auto heard = allOf<StoreTalk::Heard>(actions);
  REQUIRE(heard.size() == 2);
  CHECK(std::get<RoomFact>(heard[0].fact).record.name == "Jazz");
  CHECK(std::get<MemberFact>(heard[1].fact).pass == "pass");
  CHECK(std::holds_alternative<StoreTalk::Ready>(actions.back()));
}

TEST_CASE("What others know better is written only where nothing lies, and not told")
{
  Conversation here;
  const auto room = aRoom();
  auto newer = room;
  newer.said.count = 70;
  here.commands.values[fmt::format("tutti:1:fact:{}", shelfOf(room)->key)] = {
    std::string{asText(encodeFact(newer))}, 60};
  here.known = {{room, false}, {aMember(room.record.id), false}};
  here.play(here.talk.begin());
  REQUIRE(here.commands.values.size() == 2);
  const auto kept =
    parseFact(asBytes(here.commands.values[fmt::format("tutti:1:fact:{}", shelfOf(room)->key)].bytes));
  CHECK(std::get<RoomFact>(kept.value()).said.count == 70);
  CHECK(here.commands.published.empty());
}

TEST_CASE("A fact is kept for its time and told; a goodbye ends it")
{
  Conversation here;
  here.play(here.talk.begin());
  const auto member = aMember(room::RoomId::draw());
  here.play(here.talk.tell({member}));
  REQUIRE(here.commands.values.size() == 1);
  CHECK(here.commands.values.begin()->second.seconds == 15); // design 6
  CHECK(here.commands.published.size() == 1);
  here.play(here.talk.tell({GoneFact{{10, 1}, member.joined, member.room, member.member}}));
  CHECK(here.commands.values.empty());
  CHECK(here.commands.published.size() == 2);
  here.play(here.talk.tell({LetterFact{{11, 1}, member.room, {}}}));
  CHECK(here.commands.values.empty()); // it is told only
  CHECK(here.commands.published.size() == 3);
}

TEST_CASE("What another directory tells is heard, torn as it may come; what is no fact is not")
{
  Conversation here;
  here.play(here.talk.begin());
  const auto text = pushed(aRoom());
  std::size_t heard = 0;
  for (const char letter : text) {
    const auto actions = here.talk.receive(Line::news, asBytes({&letter, 1}), here.now);
    heard += allOf<StoreTalk::Heard>(actions).size();
  }
  CHECK(heard == 1);
  const std::string junk = "*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$4\r\njunk\r\n";
  CHECK(here.talk.receive(Line::news, asBytes(junk), here.now).empty());
}

TEST_CASE("Nothing is told before others are heard: it is among all that is told then")
{
  Conversation here;
  CHECK(here.talk.tell({aRoom()}).empty());
}

TEST_CASE("A store with a password is told it first; without, it says what is missing")
{
  Conversation known{"redis://band:canoe@127.0.0.1"};
  known.setPassword("canoe");
  CHECK(std::holds_alternative<StoreTalk::Ready>(known.play(known.talk.begin()).back()));
  Conversation wrong{"redis://:kayak@127.0.0.1"};
  wrong.setPassword("canoe");
  const auto refused = allOf<StoreTalk::Broken>(wrong.play(wrong.talk.begin()));
  REQUIRE_FALSE(refused.empty());
  CHECK(refused.front().sentence == "it does not take our password");
  Conversation without;
  without.setPassword("canoe");
  const auto asked = allOf<StoreTalk::Broken>(without.play(without.talk.begin()));
  REQUIRE_FALSE(asked.empty());
  CHECK(asked.front().sentence.find("TUTTI_STORE_PASSWORD") != std::string::npos);
}

TEST_CASE("A store that keeps nothing more is left, and says why")
{
  Conversation here;
  here.play(here.talk.begin());
  here.commands.failure = "OOM command not allowed when used memory > 'maxmemory'.";
  const auto broken = allOf<StoreTalk::Broken>(here.play(here.talk.tell({aRoom()})));
  REQUIRE(broken.size() == 1);
  CHECK(broken.front().sentence.find("OOM") != std::string::npos);
  CHECK(here.talk.tell({aRoom()}).empty());
}

TEST_CASE("A quiet store is asked whether it is there, and given up when it is not")
{
  Conversation here;
  here.play(here.talk.begin());
  here.now += 1s;
  CHECK(here.talk.nextDeadline() <= here.now);
  CHECK(allOf<StoreTalk::Broken>(here.play(here.talk.advance(here.now))).empty());
  const auto lastHeard = here.now;
  while (here.now < lastHeard + 10s) {
    here.now = here.talk.nextDeadline();
    if (!allOf<StoreTalk::Broken>(here.talk.advance(here.now)).empty()) break; // nobody answers
  }
  CHECK(here.now - lastHeard == 4s);
}

TEST_CASE("Who is no Redis, or says too much, is left")
{
  Conversation here;
  const auto actions = here.talk.receive(Line::commands, asBytes("HTTP/1.1 400 Bad Request\r\n"), here.now);
  CHECK(allOf<StoreTalk::Broken>(actions).size() == 1);
  Conversation other;
  const std::string flood = "$2000000000\r\n" + std::string(RedisReader::kMostUnread, 'x');
  CHECK(allOf<StoreTalk::Broken>(other.talk.receive(Line::news, asBytes(flood), other.now)).size() == 1);
}
