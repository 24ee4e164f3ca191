#include <tutti/endpoint/MediaPacket.hpp>

#include <array>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteWriter.hpp>

namespace tutti::endpoint {
namespace {

constexpr std::uint8_t kPlaceExtension = 4;
constexpr std::uint8_t kFirstType = 96; // RFC 3551 6: for what two parties agree on
constexpr std::uint8_t kLifeType = 110;

/// Outer: whether we know it at all. Inner: what its samples are.
std::optional<std::optional<SampleType>> meaningOf(std::uint8_t payloadType)
{
  if (payloadType == kLifeType) return std::optional<SampleType>{};
  if (payloadType < kFirstType) return std::nullopt;
  const auto type = sampleTypeOf(static_cast<std::uint8_t>(payloadType - kFirstType));
  if (!type) return std::nullopt;
  return type;
}

std::uint8_t payloadTypeOf(const MediaPacket& packet)
{
  if (!packet.type) return kLifeType;
  return static_cast<std::uint8_t>(kFirstType + static_cast<std::uint8_t>(*packet.type));
}

} // namespace

Result<MediaPacket> parseMedia(std::span<const std::byte> datagram)
{
  const auto rtp = net::parseRtp(datagram);
  if (!rtp) return tl::unexpected{rtp.error()};
  const auto type = meaningOf(rtp->header.payloadType);
  const auto stream = StreamId::ofSsrc(rtp->header.ssrc);
  const auto place = rtp->extension(kPlaceExtension);
  if (!type || !stream || !place) return failure(ErrorKind::malformed);
  ByteReader in{*place};
  const auto session = in.bytes(SessionToken::kSize);
  const auto index = in.u64();
  if (!session || !index || !in.atEnd() || *index >= kByteIndexEnd) return failure(ErrorKind::malformed);
  if (rtp->payload.empty() == type->has_value()) return failure(ErrorKind::malformed);
  return MediaPacket{SessionToken::fromBytes(*session),
                     *type,
                     *stream,
                     rtp->header.sequenceNumber,
                     rtp->header.timestamp,
                     *index,
                     rtp->payload};
}

net::MediaDatagram encodeMedia(const MediaPacket& packet)
{
  BoundedDatagram<16> place;
  BasicByteWriter out{place};
  out.bytes(packet.session.bytes());
  out.u64(packet.byteIndex);
  net::RtpPacket rtp{{false, payloadTypeOf(packet), packet.sequence, packet.timestamp, packet.stream.ssrc()},
                     {},
                     packet.samples};
  rtp.extensions.tryAdd({kPlaceExtension, place.bytes()});
  return net::encodeRtp(rtp);
}

} // namespace tutti::endpoint
