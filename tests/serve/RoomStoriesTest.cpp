#include <Catch.hpp>
#include <cmath>

#include "Rehearsal.hpp"

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;
using test::Rehearsal;

namespace {

std::optional<PathKind> pathOf(Rehearsal& stage, Rehearsal::Player& player, std::size_t index = 0)
{
  const auto views = player.ensemble->members(stage.nowOf(player));
  if (index >= views.size() || !views[index].path) return std::nullopt;
  return views[index].path->kind;
}

/// Plays for some seconds; how many of 100 packets a second each one heard from each other, at least.
std::size_t leastHeard(Rehearsal& stage, double seconds)
{
  for (auto& player : stage.players) player->heard.clear();
  const auto packets = static_cast<int>(seconds * 100);
  for (int i = 0; i < packets; ++i) {
    stage.play();
    stage.run(0.01);
  }
  std::size_t least = 1'000'000;
  for (auto& listener : stage.players)
    for (auto& other : stage.players)
      if (listener != other && listener->isThere && other->isThere)
        least = std::min(least, listener->heard[other->slot]);
  return least;
}

/// A member passes on what somebody has said, in one packet.
void passOn(Rehearsal& stage, Rehearsal::Player& to, const Rehearsal::Player& from, std::uint16_t number,
            const ByteString& line)
{
  ByteString packet;
  ByteStringWriter out{packet};
  out.u8(4); // talk
  out.u16(0);
  out.u16(number);
  out.u8(0);
  out.u8(1);
  out.bytes(line);
  const auto now = stage.nowOf(to);
  to.ensemble->hearSealed(from.slot, packet, from.at, now, now);
}

ByteString lineOf(const MemberKeys& author, std::uint32_t number)
{
  const auto text = "in " + std::to_string(number);
  return ChatLine::say(author, "Somebody", number, 1'700'000'000 + number, text).value().encode();
}

bool isNews(const Rehearsal::Player& player, Ensemble::News::What what)
{
  return std::ranges::any_of(player.news, [what](const auto& news) { return news.what == what; });
}

} // namespace

TEST_CASE("Three musicians meet, exchange keys and hear each other, on the shortest way")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  stage.join("Ben");
  stage.join("Cora");
  stage.run(4);
  CHECK(anna.ensemble->members(stage.nowOf(anna)).size() == 2);
  CHECK(leastHeard(stage, 2) >= 195);
  CHECK(pathOf(stage, anna, 0) == PathKind::lan);
  CHECK(pathOf(stage, anna, 1) == PathKind::lan);
  CHECK_FALSE(anna.ensemble->isRosterDisputed(stage.nowOf(anna)));
}

TEST_CASE("Where there is no direct way, the forwarder carries them")
{
  Rehearsal stage;
  stage.isLanOpen = false;
  auto& anna = stage.join("Anna");
  stage.join("Ben");
  stage.run(4);
  CHECK(pathOf(stage, anna) == PathKind::forwarder);
  CHECK(leastHeard(stage, 2) >= 195);
}

TEST_CASE("A cable that is pulled costs less than a second, and nothing once the forwarder carries")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  stage.join("Ben");
  stage.run(4);
  CHECK(leastHeard(stage, 1) >= 95);
  CHECK(pathOf(stage, anna) == PathKind::lan);
  stage.isLanOpen = false;
  CHECK(leastHeard(stage, 3) >= 200); // of 300
  CHECK(pathOf(stage, anna) == PathKind::forwarder);
  stage.isLanOpen = true;
  stage.run(10);
  CHECK(pathOf(stage, anna) == PathKind::lan);
}

TEST_CASE("Who joins later hears at once, and nobody else misses a packet")
{
  Rehearsal stage;
  stage.join("Anna");
  stage.join("Ben");
  stage.run(4);
  auto& cora = stage.join("Cora");
  for (auto& player : stage.players) player->heard.clear();
  for (int i = 0; i < 300; ++i) {
    stage.play();
    stage.run(0.01);
  }
  CHECK(stage.players[0]->heard[stage.players[1]->slot] >= 298);
  CHECK(stage.players[1]->heard[stage.players[0]->slot] >= 298);
  CHECK(cora.heard[stage.players[0]->slot] >= 280); // as soon as the keys have come
}

TEST_CASE("Who was away for a minute is heard at once, and hears")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(4);
  CHECK(leastHeard(stage, 1) >= 95);
  ben.isThere = false; // his network is gone: no goodbye
  for (int i = 0; i < 6000; ++i) {
    stage.play();
    stage.run(0.01);
  }
  CHECK(isNews(anna, Ensemble::News::What::left)); // his lease is over
  stage.comeBack(ben);
  CHECK(leastHeard(stage, 1) >= 60);
  CHECK(leastHeard(stage, 1) >= 98);
}

TEST_CASE(
  "A cookie that grew old while the forwarder was out of reach proves nothing, and is renewed at once")
{
  Rehearsal stage;
  stage.isLanOpen = false;
  stage.join("Anna");
  stage.join("Ben");
  stage.run(4);
  CHECK(leastHeard(stage, 1) >= 95);
  stage.wan.loss = 1; // of checks and media; the directory is reached
  stage.run(25);
  stage.wan.loss = 0;
  while (stage.players[0]->routes.empty() || stage.players[1]->routes.empty()) stage.run(0.01);
  CHECK(leastHeard(stage, 1) >= 95); // who thinks to be proved is
}

TEST_CASE("After a leave there are new keys, and the one who left cannot open what comes")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  auto& cora = stage.join("Cora");
  stage.run(4);
  const auto before = anna.epoch;
  stage.ask("leave", stage.as(cora).encode());
  cora.isThere = false;
  stage.run(3);
  CHECK(anna.epoch != before);
  CHECK_FALSE(cora.opens[anna.slot].contains(*anna.epoch));
  CHECK(ben.opens[anna.slot].contains(*anna.epoch));
  CHECK(isNews(anna, Ensemble::News::What::left));
}

TEST_CASE("The host sends somebody away: the others see it, and change their keys")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(3);
  auto request = stage.as(anna);
  request.order = Order{stage.roomId, 1, Order::What::kick, ben.keys.id()}.sign(stage.host);
  stage.ask("orders", request.encode());
  stage.run(2);
  CHECK(isNews(anna, Ensemble::News::What::kicked));
  CHECK(anna.ensemble->members(stage.nowOf(anna)).empty());
  CHECK_FALSE(ben.opens[anna.slot].contains(*anna.epoch));
}

TEST_CASE("What the host decided holds after the server has lost its memory, once all are back")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(1);
  std::uint64_t number = 0;
  for (const auto what : {Order::What::mute, Order::What::lock}) {
    auto request = stage.as(anna);
    request.order = Order{stage.roomId, ++number, what, ben.keys.id()}.sign(stage.host);
    stage.ask("orders", request.encode());
  }
  stage.run(2);
  stage.restartServer();
  stage.run(2);
  CHECK_FALSE(stage.directory.records().front().isLocked); // somebody may still be on the way
  CHECK(ben.ensemble->authority().isMuted(ben.keys.id())); // nobody has forgotten
  stage.run(5);
  CHECK(stage.directory.records().front().isLocked);
  CHECK(leastHeard(stage, 1) >= 99);
}

TEST_CASE("A new order comes behind those that the server has to hear again")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  stage.join("Ben");
  stage.run(1);
  auto request = stage.as(anna);
  request.order = Order{stage.roomId, 1, Order::What::lock, {}}.sign(stage.host);
  stage.ask("orders", request.encode());
  stage.run(1);
  stage.restartServer();
  stage.perform(anna, anna.ensemble->repeatOrders());
  CHECK(stage.directory.records().front().isLocked);
  CHECK(anna.ensemble->repeatOrders().empty()); // once
}

TEST_CASE("A muted member is known as such to all")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(2);
  auto request = stage.as(ben);
  request.order = Order{stage.roomId, 1, Order::What::mute, ben.keys.id()}.sign(stage.host);
  stage.ask("orders", request.encode());
  stage.run(1);
  CHECK(anna.ensemble->members(stage.nowOf(anna)).front().isMutedByHost);
}

TEST_CASE("What was said is heard by all, and given to who comes later")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(3);
  for (std::uint32_t i = 0; i < 3; ++i) {
    const auto line = ChatLine::say(anna.keys, "Anna", i, 1'700'000'000 + i, "in " + std::to_string(i));
    stage.perform(anna, anna.ensemble->say(line.value(), stage.nowOf(anna)));
  }
  stage.run(1);
  CHECK(ben.ensemble->chat().lines().size() == 3);
  CHECK(isNews(ben, Ensemble::News::What::said));
  auto& cora = stage.join("Cora");
  stage.run(5);
  REQUIRE(cora.ensemble->chat().lines().size() == 3);
  CHECK(cora.ensemble->chat().lines().front().text == "in 0");
}

TEST_CASE("Two hundred lines reach who comes later, by twenty packets a second") // spec room R-7
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(3);
  const auto gone = MemberKeys::draw(); // left before Ben came
  for (std::uint16_t i = 0; i < 200; ++i) {
    passOn(stage, anna, ben, i, lineOf(gone, i));
    stage.run(0.1);
  }
  REQUIRE(anna.ensemble->chat().lines().size() == 200);
  auto& cora = stage.join("Cora");
  std::size_t before = 0;
  std::size_t most = 0;
  for (int i = 0; i < 40; ++i) {
    stage.run(1);
    const auto lines = cora.ensemble->chat().lines().size();
    most = std::max(most, lines - before);
    before = lines;
  }
  CHECK(before == 200);
  CHECK(most <= 14); // each is said thrice, but for the first ones in their first second
}

TEST_CASE("Who talks without end, or asks, is heard no faster than anybody talks or asks") // spec room R-7
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(3);
  const auto ghost = MemberKeys::draw();
  std::uint16_t said = 0;
  const auto talk = [&](std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      const auto line = lineOf(ghost, ++said);
      for (int again = 0; again < 3; ++again) // as talk is sent: what is known costs nothing
        passOn(stage, anna, ben, said, line);
    }
    return anna.ensemble->chat().lines().size();
  };
  CHECK(talk(100) == 20);
  stage.run(1);
  CHECK(talk(100) == 30);
  ByteString question;
  ByteStringWriter{question}.u8(2);
  ByteStringWriter{question}.u16(0);
  ByteStringWriter{question}.i64(1);
  std::size_t answers = 0;
  const auto now = stage.nowOf(anna);
  for (int i = 0; i < 100; ++i)
    answers += anna.ensemble->hearSealed(ben.slot, question, ben.at, now, now).size();
  CHECK(answers == 20);
}

TEST_CASE("A bridge's word reaches everybody, as that member's, twenty a second")
{
  using Word = Ensemble::BridgeWord;
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(3);
  const auto hear = [&](std::size_t size, Word::About about = Word::About::session) {
    ByteString packet;
    ByteStringWriter out{packet};
    out.u8(5); // bridge
    out.u16(0);
    packet.resize(packet.size() + size, static_cast<std::byte>(about));
    const auto now = stage.nowOf(anna);
    return anna.ensemble->hearSealed(ben.slot, packet, ben.at, now, now);
  };
  const auto heard = hear(Word::kLargest);
  REQUIRE(heard.size() == 1);
  const auto* word = std::get_if<Word>(&heard.front());
  REQUIRE(word != nullptr);
  CHECK(word->from == ben.keys.id());
  CHECK(word->author == ben.keys.signPublic());
  CHECK(word->bytes == ByteString(Word::kLargest, std::byte{1}));
  CHECK(hear(Word::kLargest + 1).empty());
  CHECK(hear(0).empty());
  CHECK(hear(200, Word::About{7}).empty()); // about nothing that there is
  std::size_t aboutChannels = 0;
  for (int i = 0; i < 100; ++i) aboutChannels += hear(200, Word::About::channels).size();
  CHECK(aboutChannels == 40);
  std::size_t passed = 1;
  for (int i = 0; i < 100; ++i) passed += hear(200).size();
  CHECK(passed == 20); // however many those were
  stage.run(1);
  for (int i = 0; i < 100; ++i) passed += hear(200).size();
  CHECK(passed == 40);
}

TEST_CASE("Clocks of different machines are related within their bound")
{
  Rehearsal stage;
  stage.isLanOpen = false;
  auto& anna = stage.join("Anna", {5.0e9, 30});
  auto& ben = stage.join("Ben", {9.0e9, -40});
  stage.run(60);
  const auto clock = anna.ensemble->members(stage.nowOf(anna)).front().clock;
  REQUIRE(clock);
  const auto truth = static_cast<double>(microsOf(stage.nowOf(ben)) - microsOf(stage.nowOf(anna)));
  CHECK(std::abs(clock->offsetMicros - truth) <= static_cast<double>(clock->bound.count()));
  CHECK(std::abs(clock->offsetMicros - truth) < 300);
}

TEST_CASE("Lost packets and letters hold nobody up for long")
{
  Rehearsal stage{9};
  stage.wan.loss = 0.2;
  stage.lan.loss = 0.2;
  stage.join("Anna");
  stage.join("Ben");
  stage.join("Cora");
  stage.run(8);
  CHECK(leastHeard(stage, 3) >= 200);
}

TEST_CASE("All letters of a join are lost, both ways: everybody is heard again soon")
{
  Rehearsal stage;
  stage.join("Anna");
  stage.join("Ben");
  stage.run(3);
  stage.areLettersLost = true;
  stage.join("Cora");
  stage.run(1); // the old ones use their new keys now, which nobody can open
  stage.areLettersLost = false;
  stage.run(3);
  CHECK(leastHeard(stage, 1) >= 99);
}
