#include <tutti/module/SealedLine.hpp>

#include <algorithm>

namespace tutti::module {
namespace {

constexpr net::Epoch kEpoch = 1; // a key lives as long as its conversation
constexpr std::size_t kRtpHead = 12;

} // namespace

LineSealer::LineSealer(const net::SrtpKey& key)
  : buffer_(kRtpHead + kLargestPayload + net::kSealGrowth)
{
  sealer_.useKey(kEpoch, key);
}

std::optional<std::span<const std::byte>> LineSealer::seal(PacketKind kind, std::uint32_t timestamp,
                                                           std::span<const std::byte> payload)
{
  if (payload.size() > kLargestPayload) return std::nullopt;
  const auto stream = kind == PacketKind::sound ? 0U : 1U;
  const net::RtpPacket packet{{.marker = false,
                               .payloadType = static_cast<std::uint8_t>(kind),
                               .sequenceNumber = ++sequence_[stream],
                               .timestamp = timestamp,
                               .ssrc = stream + 1},
                              {},
                              payload};
  const auto plain = net::encodeRtp(packet);
  std::ranges::copy(plain.bytes(), buffer_.begin());
  const auto size = sealer_.seal(buffer_, plain.size());
  if (!size) return std::nullopt;
  return std::span<const std::byte>{buffer_}.first(*size);
}

LineOpener::LineOpener(const net::SrtpKey& key)
{
  opener_.addKey(kEpoch, key);
}

std::optional<LineOpener::Opened> LineOpener::open(std::span<std::byte> datagram, HostTime now)
{
  const auto opened = opener_.open(datagram, now);
  if (opened.outcome != net::SrtpOpener::Outcome::opened) return std::nullopt;
  const auto packet = net::parseRtp(datagram.first(opened.size));
  if (!packet) return std::nullopt;
  const auto type = packet->header.payloadType;
  for (const auto kind : {PacketKind::sound, PacketKind::words})
    if (type == static_cast<std::uint8_t>(kind)) return Opened{kind, packet->payload};
  return std::nullopt;
}

} // namespace tutti::module
