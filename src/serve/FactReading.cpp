// How facts are read: with the care that anything deserves that comes over a network.
#include <tutti/core/ByteReader.hpp>
#include <tutti/core/Utf8.hpp>
#include <tutti/room/Card.hpp>
#include <tutti/room/Order.hpp>
#include <tutti/serve/Fact.hpp>

#include "FactKind.hpp"

namespace tutti::serve {
namespace {

using namespace room::wire;

constexpr std::size_t kLongestWord = 128; // passes, names, hashes
constexpr std::size_t kFamilies = 2;

/// Field after field; once one is wrong or missing, it stays so.
class Reading {
public:
  explicit Reading(std::span<const std::byte> bytes)
    : in_{bytes}
  {}

  Result<Fact> fact()
  {
    const auto format = number(in_.u8());
    const auto kind = number(in_.u8());
    if (!isWhole_ || format != kFactFormat) return failure(ErrorKind::malformed);
    auto said = ofKind(kind);
    if (!isWhole_ || !in_.atEnd()) return failure(ErrorKind::malformed);
    return said;
  }

private:
  Fact ofKind(std::uint8_t kind)
  {
    switch (kind) {
    case 0:
      return roomFact();
    case 1:
      return ClosedFact{stamp(), id()};
    case 2:
      return OrderFact{stamp(), id(), order()};
    case 3:
      return forwarderFact();
    case 4:
      return StageFact{stamp(), id(), number(in_.u64())};
    case 5:
      return memberFact();
    case 6:
      return GoneFact{stamp(), stamp(), id(), id()};
    case 7:
      return LetterFact{stamp(), id(), {id(), id(), bytes(kLargestLetter)}};
    default:
      isWhole_ = false;
      return {};
    }
  }

  RoomFact roomFact()
  {
    RoomFact fact;
    fact.said = stamp();
    fact.opened = count();
    const auto json = bytes(kLargestBytes);
    const auto record = RoomRecord::parse(asText(json));
    require(record.has_value());
    if (record) fact.record = *record;
    fact.tokenHash = word();
    fact.isKept = truth();
    fact.openedFrom = address();
    return fact;
  }

  ForwarderFact forwarderFact()
  {
    ForwarderFact fact;
    fact.said = stamp();
    fact.id = number(in_.u64());
    const auto count = number(in_.u8());
    require(count > 0 && count <= kFamilies);
    for (std::size_t i = 0; i < count && isWhole_; ++i) fact.addresses.push_back(address());
    fact.port = number(in_.u16());
    require(fact.port != 0);
    return fact;
  }

  MemberFact memberFact()
  {
    MemberFact fact;
    fact.said = stamp();
    fact.joined = stamp();
    fact.carded = stamp();
    fact.room = id();
    fact.member = id();
    for (auto* into : {&fact.pass, &fact.user, &fact.password}) {
      *into = word();
      require(!into->empty());
    }
    fact.slot = number(in_.u16());
    require(fact.slot != 0);
    fact.card = bytes(room::Card::kLargest);
    const auto count = number(in_.u8());
    require(count <= kMostForwarders);
    for (std::size_t i = 0; i < count && isWhole_; ++i) {
      const auto forwarder = number(in_.u64());
      fact.roundTrips.push_back({forwarder, number(in_.u32())});
    }
    return fact;
  }

  ByteString order()
  {
    auto order = bytes(kLargestBytes);
    require(room::Order::parseUnchecked(order).has_value());
    return order;
  }

  Stamp stamp()
  {
    const auto said = count();
    return {said, number(in_.u64())};
  }
  std::uint64_t count()
  {
    const auto value = number(in_.u64());
    require(value < Stamp::kMost);
    return value;
  }
  room::Id id()
  {
    const auto raw = in_.bytes(room::Id::kSize);
    if (!require(raw.has_value())) return {};
    return *room::Id::fromBytes(*raw);
  }
  ByteString bytes(std::size_t most)
  {
    const auto size = number(in_.u16());
    if (!require(size <= most)) return {};
    const auto raw = in_.bytes(size);
    if (!require(raw.has_value())) return {};
    return {raw->begin(), raw->end()};
  }
  std::string word()
  {
    std::string text{asText(bytes(kLongestWord))};
    require(isPlainText(text));
    return text;
  }
  bool truth()
  {
    const auto value = number(in_.u8());
    require(value <= 1);
    return value == 1;
  }
  IpAddress address()
  {
    const auto family = number(in_.u8());
    if (!require(family == 4 || family == 6)) return {};
    const auto raw = in_.bytes(family == 4 ? 4 : 16);
    if (!require(raw.has_value())) return {};
    std::array<std::uint8_t, 16> all{};
    for (std::size_t i = 0; i < raw->size(); ++i) all.at(i) = std::to_integer<std::uint8_t>((*raw)[i]);
    return family == 4 ? IpAddress::v4({all[0], all[1], all[2], all[3]}) : IpAddress::v6(all);
  }
  template <class Number> Number number(std::optional<Number> read)
  {
    require(read.has_value());
    return read.value_or(0);
  }
  bool require(bool claim) { return isWhole_ = isWhole_ && claim; }

  ByteReader in_;
  bool isWhole_ = true;
};

} // namespace

Result<Fact> parseFact(std::span<const std::byte> bytes)
{
  if (bytes.size() > kLargestFact) return failure(ErrorKind::malformed);
  return Reading{bytes}.fact();
}

} // namespace tutti::serve
