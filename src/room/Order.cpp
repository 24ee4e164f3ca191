#include <tutti/room/Order.hpp>

#include "Fields.hpp"

namespace tutti::room {
namespace {

constexpr std::string_view kPurpose = "tutti order 1";
constexpr std::size_t kFields = kPurpose.size() + RoomId::kSize + 8 + 1 + MemberId::kSize;
constexpr std::size_t kMostMembers = 1024; // muted or kicked; nobody orders more in one evening

} // namespace

ByteString Order::sign(const MemberKeys& host) const
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.text(kPurpose);
  out.bytes(room.bytes());
  out.u64(number);
  out.u8(static_cast<std::uint8_t>(what));
  out.bytes(target.bytes());
  out.bytes(host.sign(bytes));
  return bytes;
}

Result<Order> Order::parse(std::span<const std::byte> bytes, const SignPublic& host)
{
  auto order = parseUnchecked(bytes);
  if (order && !isSignedBy(host, bytes.first(kFields), bytes.subspan(kFields)))
    return failure(ErrorKind::refused);
  return order;
}

Result<Order> Order::parseUnchecked(std::span<const std::byte> bytes)
{
  if (bytes.size() != kFields + Signature{}.size()) return failure(ErrorKind::malformed);
  ByteReader in{bytes};
  const bool isOrder = asText(*in.bytes(kPurpose.size())) == kPurpose;
  const auto room = RoomId::fromBytes(*in.bytes(RoomId::kSize));
  const auto number = *in.u64();
  const auto what = *in.u8();
  const auto target = MemberId::fromBytes(*in.bytes(MemberId::kSize));
  if (!isOrder || what < 1 || what > static_cast<std::uint8_t>(What::unmute))
    return failure(ErrorKind::malformed);
  return Order{*room, number, static_cast<What>(what), *target};
}

Result<Order> Authority::hear(std::span<const std::byte> bytes)
{
  if (!host_) return failure(ErrorKind::refused);
  const auto claimed = Order::parseUnchecked(bytes);
  if (!claimed || claimed->room != room_ || claimed->number <= newest_) return failure(ErrorKind::malformed);
  auto order = Order::parse(bytes, *host_);
  if (!order) return order;
  newest_ = order->number;
  switch (order->what) {
  case Order::What::lock:
    isLocked_ = true;
    break;
  case Order::What::unlock:
    isLocked_ = false;
    break;
  case Order::What::mute:
    if (muted_.size() < kMostMembers) muted_.insert(order->target);
    break;
  case Order::What::unmute:
    muted_.erase(order->target);
    break;
  case Order::What::kick:
    if (kicked_.size() < kMostMembers) kicked_.insert(order->target);
    break;
  }
  return order;
}

} // namespace tutti::room
