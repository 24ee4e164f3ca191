#include <Catch.hpp>
#include <tutti/room/SenderKeys.hpp>

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
using Actions = std::vector<SenderKeys::Action>;

Card cardOf(const MemberKeys& keys)
{
  return {keys.id(), keys.signPublic(), keys.boxPublic(), 1, "Ben", "", {}};
}

std::vector<SenderKeys::Give> givenIn(const Actions& actions)
{
  std::vector<SenderKeys::Give> gives;
  for (const auto& action : actions)
    if (const auto* give = std::get_if<SenderKeys::Give>(&action)) gives.push_back(*give);
  return gives;
}

std::optional<net::Epoch> usedIn(const Actions& actions)
{
  for (const auto& action : actions)
    if (const auto* use = std::get_if<SenderKeys::Use>(&action)) return use->letter.epoch;
  return std::nullopt;
}

const MemberId kAnna = MemberId::draw();
const MemberId kBen = MemberId::draw();
const MemberId kCora = MemberId::draw();

/// In use with two others, for a minute.
SenderKeys playing()
{
  SenderKeys keys;
  keys.setMembers({kAnna, kBen}, kStart - 1min);
  return keys;
}

} // namespace

TEST_CASE("The first key is given to all and used at once")
{
  SenderKeys keys;
  const auto actions = keys.setMembers({kAnna, kBen}, kStart);
  CHECK(givenIn(actions).size() == 2);
  CHECK(usedIn(actions) == net::Epoch{1});
}

TEST_CASE("Who was alone for a moment keeps nobody waiting for its first key")
{
  SenderKeys keys;
  CHECK(keys.advance(kStart).empty());
  CHECK(keys.setMembers({}, kStart + 10ms).empty());
  CHECK_FALSE(keys.nextDeadline());
  const auto actions = keys.setMembers({kAnna}, kStart + 20ms);
  CHECK(givenIn(actions).size() == 1);
  CHECK(usedIn(actions) == net::Epoch{1});
}

TEST_CASE("After a join there is a new key, used once all have it")
{
  auto keys = playing();
  const auto given = keys.setMembers({kAnna, kBen, kCora}, kStart);
  CHECK(givenIn(given).size() == 3);
  CHECK_FALSE(usedIn(given));
  CHECK_FALSE(usedIn(keys.confirmed(kAnna, 2, kStart + 5ms)));
  CHECK_FALSE(usedIn(keys.confirmed(kBen, 2, kStart + 6ms)));
  CHECK_FALSE(usedIn(keys.confirmed(kCora, 1, kStart + 7ms))); // an old one
  CHECK_FALSE(keys.isInUse(2));
  CHECK(usedIn(keys.confirmed(kCora, 2, kStart + 8ms)) == net::Epoch{2});
  CHECK(keys.isInUse(2));
  CHECK_FALSE(keys.nextDeadline());
}

TEST_CASE("Nobody waits for a dead one longer than half a second")
{
  auto keys = playing();
  keys.setMembers({kAnna}, kStart);
  CHECK_FALSE(usedIn(keys.advance(kStart + 499ms)));
  REQUIRE(keys.nextDeadline() == kStart + 500ms);
  CHECK(usedIn(keys.advance(kStart + 500ms)) == net::Epoch{2});
}

TEST_CASE("Who does not confirm is given the key again, every two and a half seconds")
{
  auto keys = playing();
  keys.setMembers({kAnna, kBen, kCora}, kStart);
  for (const auto& member : {kAnna, kCora}) keys.confirmed(member, 2, kStart + 5ms);
  CHECK(givenIn(keys.advance(kStart + 2499ms)).empty());
  REQUIRE(keys.nextDeadline() == kStart + 2500ms);
  for (const auto now : {kStart + 2500ms, kStart + 5000ms}) {
    const auto gives = givenIn(keys.advance(now));
    REQUIRE(gives.size() == 1);
    CHECK(gives.front().to == kBen);
    CHECK(gives.front().letter.epoch == 2);
    CHECK(givenIn(keys.advance(now + 1s)).empty());
  }
  keys.confirmed(kBen, 2, kStart + 6s);
  CHECK(givenIn(keys.advance(kStart + 9s)).empty());
  CHECK_FALSE(keys.nextDeadline());
}

TEST_CASE("Who has left is given nothing")
{
  auto keys = playing();
  const auto gives = givenIn(keys.setMembers({kBen}, kStart));
  REQUIRE(gives.size() == 1);
  CHECK(gives.front().to == kBen);
  CHECK(givenIn(keys.askedAgain(kAnna, kStart)).empty());
  CHECK(givenIn(keys.askedAgain(kBen, kStart)).size() == 1);
}

TEST_CASE("Many come and go, but there is one new key a second")
{
  auto keys = playing();
  net::Epoch newest = 1;
  for (auto now = kStart; now < kStart + 10s; now += 50ms) {
    const bool isOdd = (now - kStart) / 50ms % 2 == 1;
    for (const auto& give : givenIn(keys.setMembers(isOdd ? std::set{kAnna} : std::set{kAnna, kBen}, now)))
      newest = std::max(newest, give.letter.epoch);
  }
  CHECK(newest == 11);
}

TEST_CASE("Each key is another one")
{
  auto keys = playing();
  const auto first = givenIn(keys.setMembers({kAnna}, kStart)).front().letter;
  const auto second = givenIn(keys.setMembers({kAnna, kBen}, kStart + 2s)).front().letter;
  CHECK(first.key != second.key);
  CHECK(second.epoch == first.epoch + 1);
}

TEST_CASE("A letter is opened by its reader only, and only as its writer's")
{
  const auto anna = MemberKeys::draw();
  const auto ben = MemberKeys::draw();
  const auto cora = MemberKeys::draw();
  const KeyLetter letter{7, {std::byte{9}}};
  const auto sealed = letter.seal(anna, cardOf(ben));
  CHECK(KeyLetter::open(sealed, ben, cardOf(anna)) == letter);
  CHECK_FALSE(KeyLetter::open(sealed, cora, cardOf(anna)));
  CHECK_FALSE(KeyLetter::open(sealed, ben, cardOf(cora)));
  auto damaged = sealed;
  damaged.back() ^= std::byte{1};
  CHECK_FALSE(KeyLetter::open(damaged, ben, cardOf(anna)));
  CHECK_FALSE(KeyLetter::open(std::span{sealed}.first(10), ben, cardOf(anna)));
  auto impostor = cardOf(anna); // the same keys under another id
  impostor.id = cora.id();
  CHECK_FALSE(KeyLetter::open(sealed, ben, impostor));
}
