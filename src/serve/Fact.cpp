// How facts are written. How they are read: FactReading.cpp.
#include <tutti/serve/Fact.hpp>

#include <fmt/format.h>
#include <utility>

#include <tutti/room/Order.hpp>

#include "FactKind.hpp"
#include "Leases.hpp"

namespace tutti::serve {
namespace {

class Writing {
public:
  explicit Writing(const Fact& fact)
  {
    out_.u8(kFactFormat);
    out_.u8(static_cast<std::uint8_t>(fact.index()));
    std::visit([this](const auto& said) { put(said); }, fact);
  }
  ByteString take() { return std::move(bytes_); }

private:
  void put(const RoomFact& fact)
  {
    stamp(fact.said);
    out_.u64(fact.opened);
    text(fact.record.encode());
    text(fact.tokenHash);
    out_.u8(fact.isKept ? 1 : 0);
    address(fact.openedFrom);
  }
  void put(const ClosedFact& fact)
  {
    stamp(fact.said);
    out_.bytes(fact.room.bytes());
  }
  void put(const OrderFact& fact)
  {
    stamp(fact.said);
    out_.bytes(fact.room.bytes());
    bytes(fact.order);
  }
  void put(const ForwarderFact& fact)
  {
    stamp(fact.said);
    out_.u64(fact.id);
    out_.u8(static_cast<std::uint8_t>(fact.addresses.size()));
    for (const auto& one : fact.addresses) address(one);
    out_.u16(fact.port);
  }
  void put(const StageFact& fact)
  {
    stamp(fact.said);
    out_.bytes(fact.room.bytes());
    out_.u64(fact.forwarder);
  }
  void put(const MemberFact& fact)
  {
    stamp(fact.said);
    stamp(fact.joined);
    stamp(fact.carded);
    out_.bytes(fact.room.bytes());
    out_.bytes(fact.member.bytes());
    for (const auto* word : {&fact.pass, &fact.user, &fact.password}) text(*word);
    out_.u16(fact.slot);
    bytes(fact.card);
    out_.u8(static_cast<std::uint8_t>(fact.roundTrips.size()));
    for (const auto& trip : fact.roundTrips) {
      out_.u64(trip.forwarder);
      out_.u32(trip.micros);
    }
  }
  void put(const GoneFact& fact)
  {
    stamp(fact.said);
    stamp(fact.joined);
    out_.bytes(fact.room.bytes());
    out_.bytes(fact.member.bytes());
  }
  void put(const LetterFact& fact)
  {
    stamp(fact.said);
    out_.bytes(fact.room.bytes());
    out_.bytes(fact.letter.from.bytes());
    out_.bytes(fact.letter.to.bytes());
    bytes(fact.letter.body);
  }

  void stamp(const Stamp& stamp)
  {
    out_.u64(stamp.count);
    out_.u64(stamp.teller);
  }
  void bytes(std::span<const std::byte> raw)
  {
    out_.u16(static_cast<std::uint16_t>(raw.size()));
    out_.bytes(raw);
  }
  void text(std::string_view text) { bytes(asBytes(text)); }
  void address(const IpAddress& address)
  {
    out_.u8(address.isV4() ? 4 : 6);
    out_.bytes(std::as_bytes(std::span{address.bytes()}).first(address.isV4() ? 4 : 16));
  }

  ByteString bytes_;
  ByteStringWriter out_{bytes_};
};

Shelf memberShelf(const room::RoomId& room, const room::MemberId& member, std::int64_t seconds)
{
  return {fmt::format("member:{}:{}", room.text(), member.text()), seconds};
}

std::uint64_t numberOf(const OrderFact& fact)
{
  const auto order = room::Order::parseUnchecked(fact.order);
  return order ? order->number : 0;
}

} // namespace

ByteString encodeFact(const Fact& fact)
{
  return Writing{fact}.take();
}

std::optional<Shelf> shelfOf(const Fact& fact)
{
  if (const auto* room = std::get_if<RoomFact>(&fact))
    return Shelf{"room:" + room->record.id.text(), kRoomLease.count()};
  if (const auto* closed = std::get_if<ClosedFact>(&fact)) return Shelf{"room:" + closed->room.text(), 0};
  if (const auto* order = std::get_if<OrderFact>(&fact))
    return Shelf{fmt::format("order:{}:{}", order->room.text(), numberOf(*order)), kRoomLease.count()};
  if (const auto* forwarder = std::get_if<ForwarderFact>(&fact))
    return Shelf{fmt::format("forwarder:{}", forwarder->id), kForwarderLease.count()};
  if (const auto* stage = std::get_if<StageFact>(&fact))
    return Shelf{"stage:" + stage->room.text(), kRoomLease.count()};
  if (const auto* member = std::get_if<MemberFact>(&fact))
    return memberShelf(member->room, member->member, kLease.count());
  if (const auto* gone = std::get_if<GoneFact>(&fact)) return memberShelf(gone->room, gone->member, 0);
  return std::nullopt;
}

} // namespace tutti::serve
