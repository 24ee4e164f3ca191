// What members say to each other besides music: lines of chat, questions, keys, words of bridges.
#include <Catch.hpp>
#include <cstdint>
#include <limits>

#include "Rehearsal.hpp"

using namespace tutti;
using namespace tutti::room;
using test::Rehearsal;

namespace {

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
  to.ensemble->hearSealed(from.slot, packet, from.at, now, now, Rehearsal::kWall);
}

ByteString lineOf(const MemberKeys& author, std::uint32_t number)
{
  const auto text = "in " + std::to_string(number);
  return ChatLine::say(author, "Somebody", number, 1'700'000'000 + number, text).value().encode();
}

} // namespace

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
  CHECK(ben.hasNews(Ensemble::News::What::said));
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
    answers += anna.ensemble->hearSealed(ben.slot, question, ben.at, now, now, Rehearsal::kWall).size();
  CHECK(answers == 20);
}

TEST_CASE("Lines of throwaway authors that are dated in the far future silence nobody")
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(3);
  constexpr auto kNever = std::numeric_limits<std::int64_t>::max();
  for (std::uint16_t i = 0; i < 200; ++i) {
    const auto line = ChatLine::say(MemberKeys::draw(), "Nobody", 1, kNever, "boo");
    passOn(stage, anna, ben, i, line.value().encode());
    stage.run(0.1);
  }
  REQUIRE(anna.ensemble->chat().lines().size() == ChatHistory::kMostLines);
  const auto soon = (Rehearsal::kWall + std::chrono::seconds{1}).time_since_epoch().count();
  const auto line = ChatLine::say(anna.keys, "Anna", 1, soon, "still here?");
  stage.perform(anna, anna.ensemble->say(line.value(), stage.nowOf(anna)));
  stage.run(1);
  CHECK(anna.ensemble->chat().lines().back() == line.value());
  CHECK(ben.ensemble->chat().lines().size() == 1);
}

TEST_CASE("Who hands out key upon key is followed no faster than keys change") // spec room R-3
{
  Rehearsal stage;
  auto& anna = stage.join("Anna");
  auto& ben = stage.join("Ben");
  stage.run(10);
  const Card annas{anna.keys.id(), anna.keys.signPublic(), anna.keys.boxPublic(), 1, "Anna", "", {}};
  wire::Update update;
  update.roster = {{ben.keys.id(), ben.slot, stage.cardOf(ben)}};
  for (net::Epoch epoch = 100; epoch < 200; ++epoch)
    update.letters.push_back({ben.keys.id(), anna.keys.id(), KeyLetter{epoch, {}}.seal(ben.keys, annas)});
  const auto keysAt = [&](HostTime now) {
    std::size_t keys = 0;
    for (const auto& action : anna.ensemble->hearDirectory(update, now))
      keys += std::holds_alternative<Ensemble::AddKey>(action) ? 1U : 0U;
    return keys;
  };
  const auto now = stage.nowOf(anna);
  CHECK(keysAt(now) == 10);
  CHECK(keysAt(now + Micros{1'000'000}) == 2);
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
    return anna.ensemble->hearSealed(ben.slot, packet, ben.at, now, now, Rehearsal::kWall);
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
