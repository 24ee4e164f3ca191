#include <tutti/net/RtpPacket.hpp>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteWriter.hpp>

namespace tutti::net {
namespace {

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
// |                           timestamp                           |
// |           synchronization source (SSRC) identifier            |
// |            contributing source (CSRC) identifiers             |
constexpr std::size_t kFixedHead = 12;
constexpr std::uint8_t kVersion = 2 << 6;
constexpr std::uint8_t kPadding = 1 << 5;
constexpr std::uint8_t kHasExtension = 1 << 4;
constexpr std::uint8_t kMarker = 1 << 7;
constexpr std::uint16_t kOneByteHeads = 0xBEDE; // RFC 8285 4.2
constexpr std::uint8_t kStop = 15;              // RFC 8285 4.2: what follows is for others

/// | ID | length - 1 | data ... |, zeros between elements
RtpExtensions readElements(ByteReader in)
{
  RtpExtensions elements;
  while (const auto head = in.u8()) {
    const auto id = static_cast<std::uint8_t>(*head >> 4U);
    if (id == 0) continue;
    const auto data = in.bytes((*head & 0x0fU) + 1U);
    if (id == kStop || !data || !elements.tryAdd({id, *data})) break;
  }
  return elements;
}

bool readExtension(ByteReader& in, RtpPacket& packet)
{
  const auto profile = in.u16();
  const auto words = in.u16();
  if (!profile || !words) return false;
  const auto body = in.bytes(std::size_t{*words} * 4);
  if (!body) return false;
  if (*profile == kOneByteHeads) packet.extensions = readElements(ByteReader{*body});
  return true;
}

/// The last byte counts the padding, itself included.
bool takeOffPadding(std::span<const std::byte>& payload)
{
  if (payload.empty()) return false;
  const auto padding = std::to_integer<std::size_t>(payload.back());
  if (padding == 0 || padding > payload.size()) return false;
  payload = payload.first(payload.size() - padding);
  return true;
}

std::size_t extensionSize(const RtpExtensions& extensions)
{
  std::size_t size = 0;
  for (const auto& element : extensions) size += 1 + element.data.size();
  return (size + 3) / 4 * 4;
}

void writeExtensions(BasicByteWriter<MediaDatagram>& out, const RtpExtensions& extensions)
{
  const auto size = extensionSize(extensions);
  out.u16(kOneByteHeads);
  out.u16(static_cast<std::uint16_t>(size / 4));
  std::size_t written = 0;
  for (const auto& element : extensions) {
    TUTTI_ASSERT(element.id >= 1 && element.id < kStop && !element.data.empty() && element.data.size() <= 16);
    out.u8(static_cast<std::uint8_t>(std::size_t{element.id} << 4U | (element.data.size() - 1)));
    out.bytes(element.data);
    written += 1 + element.data.size();
  }
  for (; written < size; ++written) out.u8(0);
}

} // namespace

std::optional<std::span<const std::byte>> RtpPacket::extension(std::uint8_t id) const
{
  for (const auto& element : extensions)
    if (element.id == id) return element.data;
  return std::nullopt;
}

Result<RtpPacket> parseRtp(std::span<const std::byte> datagram)
{
  if (datagram.size() < kFixedHead) return failure(ErrorKind::malformed, "RTP: too short");
  ByteReader in{datagram};
  const auto first = *in.u8();
  const auto second = *in.u8();
  if ((first & 0xC0U) != kVersion) return failure(ErrorKind::malformed, "RTP: version");
  RtpPacket packet;
  packet.header = {(second & kMarker) != 0, static_cast<std::uint8_t>(second & 0x7fU), *in.u16(), *in.u32(),
                   *in.u32()};
  if (!in.bytes(std::size_t{first & 0x0fU} * 4)) return failure(ErrorKind::malformed, "RTP: sources");
  if ((first & kHasExtension) != 0 && !readExtension(in, packet))
    return failure(ErrorKind::malformed, "RTP: extension");
  packet.payload = *in.bytes(in.remaining());
  if ((first & kPadding) != 0 && !takeOffPadding(packet.payload))
    return failure(ErrorKind::malformed, "RTP: padding");
  return packet;
}

std::size_t rtpHeadSize(const RtpExtensions& extensions)
{
  return kFixedHead + (extensions.empty() ? 0 : 4 + extensionSize(extensions));
}

MediaDatagram encodeRtp(const RtpPacket& packet)
{
  MediaDatagram datagram;
  BasicByteWriter out{datagram};
  const auto& header = packet.header;
  TUTTI_ASSERT(header.payloadType <= 0x7f);
  out.u8(static_cast<std::uint8_t>(kVersion | (packet.extensions.empty() ? 0U : kHasExtension)));
  out.u8(static_cast<std::uint8_t>((header.marker ? kMarker : 0U) | header.payloadType));
  out.u16(header.sequenceNumber);
  out.u32(header.timestamp);
  out.u32(header.ssrc);
  if (!packet.extensions.empty()) writeExtensions(out, packet.extensions);
  out.bytes(packet.payload);
  return datagram;
}

bool isRtcp(std::span<const std::byte> datagram)
{
  if (datagram.size() < 2) return false;
  const auto type = std::to_integer<unsigned>(datagram[1]);
  return type >= 192 && type <= 223;
}

} // namespace tutti::net
