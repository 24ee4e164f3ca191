#include <Catch.hpp>

#include <tutti/linkaudio/CarriedId.hpp>
#include <tutti/linkaudio/CarrierMessage.hpp>

using namespace tutti;
using namespace tutti::linkaudio;

namespace {

ChannelId channel(std::uint8_t number)
{
  return {NodeId{{'c', 'h', 'a', 'n', 'n', 'e', 'l', number}}};
}

Offer offer(std::uint8_t number, std::string name = "Drums")
{
  return {channel(number), 7,     stream::Codec::pcm24, 2, audio::SampleRate::fromHertz(44'100),
          std::move(name), "Live"};
}

ByteString bytesOf(const CarrierMessage& message)
{
  return encode(message);
}

bool isRefused(ByteString bytes, std::size_t at, int value)
{
  bytes.at(at) = static_cast<std::byte>(value);
  return !parseCarrierMessage(bytes);
}

} // namespace

TEST_CASE("Offers and asks come back as they were said")
{
  const CarrierMessage offers = Offers{{123'456}, 1, 3, {offer(1), offer(2, "Gesang ♪")}};
  CHECK(parseCarrierMessage(encode(offers)).value() == offers);
  const CarrierMessage asks = Asks{{-5}, {{room::MemberId{}, channel(1)}, {room::MemberId{}, channel(9)}}};
  CHECK(parseCarrierMessage(encode(asks)).value() == asks);
  const CarrierMessage nothing = Asks{{1}, {}};
  CHECK(parseCarrierMessage(encode(nothing)).value() == nothing);
}

TEST_CASE("An offer on the wire")
{
  CHECK(bytesOf(Offers{{0x0102}, 0, 1, {offer('1', "A")}}) == []() {
    const std::string_view text{"C\1\1\0\0\0\0\0\0\1\2\0\1\1channel1\0\7\1\2\0\0\xac\x44\1A\4Live", 37};
    const auto bytes = asBytes(text);
    return ByteString{bytes.begin(), bytes.end()};
  }());
}

TEST_CASE("A page has as many offers as fit a datagram")
{
  std::vector<Offer> many;
  for (std::uint8_t i = 0; i < 40; ++i) many.push_back(offer(i, std::string(Offer::kMostName, 'x')));
  const auto fit = fittingOffers(many);
  CHECK(fit >= 8);
  const auto keys = room::MemberKeys::draw();
  const auto page = [&](std::size_t count) {
    return encodeSigned(Offers{{1}, 0, 1, {many.begin(), many.begin() + static_cast<std::ptrdiff_t>(count)}},
                        keys);
  };
  CHECK(page(fit).size() <= kLargestCarrierMessage);
  CHECK(page(fit + 1).size() > kLargestCarrierMessage);
  std::vector<Offer> small;
  for (std::uint8_t i = 0; i < 40; ++i) small.push_back(offer(i, ""));
  CHECK(fittingOffers(small) == Offers::kMost);
  CHECK(fittingOffers({}) == 0);
  Asks most;
  most.asks.resize(Asks::kMost);
  CHECK(encodeSigned(most, keys).size() <= kLargestCarrierMessage);
}

TEST_CASE("What no site says is refused")
{
  const auto bytes = bytesOf(Offers{{1}, 0, 1, {offer(1)}});
  REQUIRE(parseCarrierMessage(bytes));
  CHECK(isRefused(bytes, 0, 1));   // that is a bridge
  CHECK(isRefused(bytes, 1, 2));   // version
  CHECK(isRefused(bytes, 2, 3));   // type
  CHECK(isRefused(bytes, 11, 1));  // page 1 of 1
  CHECK(isRefused(bytes, 12, 0));  // no pages
  CHECK(isRefused(bytes, 12, 17)); // too many
  CHECK(isRefused(bytes, 13, 2));  // one more offer than there is
  CHECK(isRefused(bytes, 13, 0));  // one less
  CHECK(isRefused(bytes, 24, 2));  // float
  CHECK(isRefused(bytes, 25, 0));  // channels
  CHECK(isRefused(bytes, 25, 3));
  CHECK(isRefused(bytes, 26, 1));    // rate
  CHECK(isRefused(bytes, 31, 10));   // a line break in a name
  CHECK(isRefused(bytes, 31, 0xff)); // no UTF-8
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_FALSE(parseCarrierMessage(std::span{bytes}.first(length)));
  auto carried = offer(1);
  carried.channel = carriedId(channel(1));
  CHECK_FALSE(parseCarrierMessage(bytesOf(Offers{{1}, 0, 1, {carried}})));
}

TEST_CASE("Only who signed it has said it")
{
  const auto anna = room::MemberKeys::draw();
  const auto ben = room::MemberKeys::draw();
  auto bytes = encodeSigned(Asks{{1}, {}}, anna);
  CHECK(parseSignedCarrierMessage(bytes, anna.signPublic()));
  CHECK(parseSignedCarrierMessage(bytes, ben.signPublic()).error().kind == ErrorKind::refused);
  bytes[10] ^= std::byte{1};
  CHECK(parseSignedCarrierMessage(bytes, anna.signPublic()).error().kind == ErrorKind::refused);
  CHECK(parseSignedCarrierMessage(std::span{bytes}.first(40), anna.signPublic()).error().kind ==
        ErrorKind::malformed);
}

TEST_CASE("A carried channel says so, and is the same whoever carries it")
{
  CHECK(isCarried(carriedId(channel(1))));
  CHECK_FALSE(isCarried(channel(1)));
  CHECK(carriedId(channel(1)) == carriedId(channel(1)));
  CHECK(carriedId(channel(1)) != carriedId(channel(2)));
}
