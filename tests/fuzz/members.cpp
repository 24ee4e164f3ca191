// What members tell each other: cards, letters, orders, lines of talk. Nothing that a stranger made up is
// believed, and nothing breaks. The first byte chooses which.
#include <algorithm>
#include <span>

#include <tutti/room/Card.hpp>
#include <tutti/room/Chat.hpp>
#include <tutti/room/Order.hpp>
#include <tutti/room/SenderKeys.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::room;
using fuzz::require;

namespace {

const Secret kSecret{{}};

/// As a member would: its own id and keys, the right signature and sum under wrong fields, so that the fields
/// are read.
ByteString vouchedFor(std::span<const std::byte> fields, const MemberKeys& us)
{
  ByteString bytes{fields.begin(), fields.end()};
  ByteString own;
  ByteStringWriter out{own};
  out.bytes(us.id().bytes());
  out.bytes(us.signPublic());
  out.bytes(us.boxPublic());
  if (bytes.size() > own.size()) std::ranges::copy(own, bytes.begin() + 1);
  ByteString toSign;
  ByteStringWriter{toSign}.text("tutti card 1");
  ByteStringWriter{toSign}.bytes(bytes);
  ByteStringWriter{bytes}.bytes(us.sign(toSign));
  const auto sum = authenticate(bytes, kSecret.derive("roster"));
  bytes.insert(bytes.end(), sum.begin(), sum.end());
  return bytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size == 0) return 0;
  static const auto us = MemberKeys::draw();
  const auto bytes = std::as_bytes(std::span{data, size}).subspan(1);
  switch (data[0] % 4) {
  case 0:
    require(!Card::parse(bytes, kSecret));
    if (const auto card = Card::parse(vouchedFor(bytes, us), kSecret))
      require(Card::parse(card->encode(kSecret, us), kSecret).value() == *card);
    break;
  case 1:
    require(!KeyLetter::open(bytes, us, Card{}));
    break;
  case 2:
    require(!Order::parse(bytes, us.signPublic()));
    break;
  default:
    if (const auto line = ChatLine::parse(bytes)) require(ChatLine::parse(line->encode()).value() == *line);
  }
  return 0;
}
