#include <tutti/net/TurnRoutes.hpp>

#include <algorithm>

#include <tutti/core/ByteReader.hpp>

#include "StunAddress.hpp"
#include "StunIntegrity.hpp"
#include "TurnWire.hpp"

namespace tutti::net {
namespace {

using stun::Attribute;

/// Big-endian fields into a buffer that is known to be long enough.
class SpanWriter {
public:
  explicit SpanWriter(std::span<std::byte> into)
    : into_{into}
  {}

  void u16(std::size_t value)
  {
    into_[size_++] = static_cast<std::byte>(value >> 8U & 0xffU);
    into_[size_++] = static_cast<std::byte>(value & 0xffU);
  }
  void bytes(std::span<const std::byte> raw)
  {
    std::ranges::copy(raw, into_.subspan(size_).begin());
    size_ += raw.size();
  }
  void zeros(std::size_t count)
  {
    std::ranges::fill(into_.subspan(size_, count), std::byte{0});
    size_ += count;
  }
  [[nodiscard]] std::span<const std::byte> written() const { return into_.first(size_); }

private:
  std::span<std::byte> into_;
  std::size_t size_ = 0;
};

void countOn(stun::TransactionId& id)
{
  for (auto& byte : id) {
    byte = static_cast<std::byte>((std::to_integer<unsigned>(byte) + 1U) & 0xffU);
    if (byte != std::byte{0}) return;
  }
}

} // namespace

TurnRoutes::TurnRoutes(const Endpoint& server, TurnTransport transport,
                       const stun::TransactionId& indications)
  : server_{server}
  , transport_{transport}
  , isOpen_{true}
  , indication_{indications}
{}

const TurnRoutes::Route* TurnRoutes::find(const Endpoint& peer) const
{
  const auto* const found = std::ranges::find(routes_.begin(), routes_.end(), peer, &Route::peer);
  return found == routes_.end() ? nullptr : found;
}

bool TurnRoutes::isPermitted(const IpAddress& address) const
{
  return std::ranges::any_of(routes_.begin(), routes_.end(),
                             [&](const Route& route) { return route.peer.address == address; });
}

std::span<const std::byte> TurnRoutes::wrap(const Endpoint& peer, std::span<const std::byte> payload,
                                            std::span<std::byte> into)
{
  const bool isFitting =
    payload.size() <= turn::kLongestPayload && into.size() >= payload.size() + kMostAround;
  if (!isOpen_ || !isFitting) return {};
  const auto padding = turn::padded(payload.size()) - payload.size();
  SpanWriter out{into};
  if (const auto* route = find(peer); route != nullptr && route->isBound) {
    out.u16(route->channel);
    out.u16(payload.size());
    out.bytes(payload);
    if (transport_ == TurnTransport::stream) out.zeros(padding); // RFC 8656 12.5
    return out.written();
  }
  // A permission is an address's: a peer that speaks from another port than it told gets its answer there.
  if (!isPermitted(peer.address)) return {};
  std::array<std::byte, stun::kLongestAddress> address{};
  countOn(indication_);
  const auto addressSize = stun::writeAddress(peer, stun::disguise(indication_), address);
  out.u16(static_cast<unsigned>(stun::Class::indication) | static_cast<unsigned>(stun::Method::send));
  out.u16(2 * stun::kEntryHead + addressSize + payload.size() + padding);
  out.u16(stun::kMagic >> 16U);
  out.u16(stun::kMagic & 0xffffU);
  out.bytes(indication_);
  out.u16(static_cast<unsigned>(Attribute::xorPeerAddress));
  out.u16(addressSize);
  out.bytes(std::span{address}.first(addressSize));
  out.u16(static_cast<unsigned>(Attribute::data));
  out.u16(payload.size());
  out.bytes(payload);
  out.zeros(padding);
  return out.written();
}

std::optional<TurnRoutes::FromPeer> TurnRoutes::unwrap(std::span<const std::byte> datagram,
                                                       const Endpoint& from) const
{
  if (!isOpen_ || from != server_ || datagram.empty()) return std::nullopt;
  return turn::isChannelData(datagram.front()) ? readChannelData(datagram) : readIndication(datagram);
}

std::optional<TurnRoutes::FromPeer> TurnRoutes::readChannelData(std::span<const std::byte> datagram) const
{
  ByteReader in{datagram};
  const auto channel = in.u16();
  const auto size = in.u16();
  const auto payload = size ? in.bytes(*size) : std::nullopt;
  if (!payload || in.remaining() > 3) return std::nullopt; // behind it stands padding or nothing
  const auto* const found = std::ranges::find(routes_.begin(), routes_.end(), *channel, &Route::channel);
  if (found == routes_.end()) return std::nullopt;
  return FromPeer{found->peer, *payload};
}

std::optional<TurnRoutes::FromPeer> TurnRoutes::readIndication(std::span<const std::byte> datagram) const
{
  // By its type first: what else the server says is not parsed twice.
  const auto type = ByteReader{datagram}.u16();
  if (type != (static_cast<unsigned>(stun::Class::indication) | static_cast<unsigned>(stun::Method::data)))
    return std::nullopt;
  const auto message = stun::Message::parse(datagram);
  if (!message || message->hasUnknownRequired()) return std::nullopt;
  const auto peer = message->xorAddress(Attribute::xorPeerAddress);
  const auto payload = message->find(Attribute::data);
  if (!peer || !payload || !isPermitted(peer->address)) return std::nullopt;
  return FromPeer{*peer, *payload};
}

} // namespace tutti::net
