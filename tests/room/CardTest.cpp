#include <Catch.hpp>
#include <tutti/room/Card.hpp>

using namespace tutti;
using namespace tutti::room;

namespace {

Card cardOf(const MemberKeys& keys)
{
  return {keys.id(),
          keys.signPublic(),
          keys.boxPublic(),
          3,
          "Anna",
          "double bass",
          {{*IpAddress::parse("192.168.1.20"), 4711}, {*IpAddress::parse("2001:db8::9"), 4712}}};
}

} // namespace

TEST_CASE("A card tells who somebody is")
{
  const auto secret = Secret::draw();
  const auto keys = MemberKeys::draw();
  const auto card = cardOf(keys);
  CHECK(Card::parse(card.encode(secret, keys), secret) == card);
  CHECK(Card::parseAsStranger(card.encode(secret, keys)) == card);
}

TEST_CASE("A card that the directory has changed, or made, is none")
{
  const auto secret = Secret::draw();
  const auto keys = MemberKeys::draw();
  const auto bytes = cardOf(keys).encode(secret, keys);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto changed = bytes;
    changed[i] ^= std::byte{1};
    CHECK_FALSE(Card::parse(changed, secret));
  }
  CHECK_FALSE(Card::parse(bytes, Secret::draw()));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(Card::parse(std::span{bytes}.first(size), secret));
}

TEST_CASE("Long names are cut between letters, and no more than eight candidates are told")
{
  const auto secret = Secret::draw();
  const auto keys = MemberKeys::draw();
  auto card = cardOf(keys);
  card.name = std::string(63, 'x') + "\u00fc";
  card.candidates.assign(20, card.candidates.front());
  const auto read = Card::parse(card.encode(secret, keys), secret);
  REQUIRE(read);
  CHECK(read->name == std::string(63, 'x'));
  CHECK(read->candidates.size() == 8);
}

TEST_CASE("A name that would disturb a terminal is refused, although its writer knows the secret")
{
  const auto secret = Secret::draw();
  const auto keys = MemberKeys::draw();
  auto card = cardOf(keys);
  card.name = "\x1b[2J";
  CHECK_FALSE(Card::parse(card.encode(secret, keys), secret));
}

TEST_CASE("No other member, who knows the secret, can make a card for somebody, or take an id")
{
  const auto secret = Secret::draw();
  const auto anna = MemberKeys::draw();
  const auto mallory = MemberKeys::draw();
  CHECK_FALSE(Card::parse(cardOf(anna).encode(secret, mallory), secret));
  auto stolen = cardOf(mallory);
  stolen.id = anna.id();
  CHECK_FALSE(Card::parse(stolen.encode(secret, mallory), secret));
  CHECK_FALSE(Card::parseAsStranger(stolen.encode(secret, mallory)));
}

TEST_CASE("A card tells which of its addresses are relays: the last ones")
{
  const auto secret = Secret::draw();
  const auto keys = MemberKeys::draw();
  auto card = cardOf(keys);
  CHECK(card.relays().empty());
  card.relayed = 1;
  const auto read = Card::parse(card.encode(secret, keys), secret);
  REQUIRE(read);
  CHECK(read->relays().size() == 1);
  CHECK(read->relays().front() == card.candidates.back());
}

TEST_CASE("Relays that found no place on a card are not told as relays")
{
  const auto secret = Secret::draw();
  const auto keys = MemberKeys::draw();
  auto card = cardOf(keys);
  card.candidates.assign(9, card.candidates.front());
  card.relayed = 2;
  const auto read = Card::parse(card.encode(secret, keys), secret);
  REQUIRE(read);
  CHECK(read->candidates.size() == 8);
  CHECK(read->relayed == 1);
}
