#include <tutti/net/RtcpReport.hpp>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteWriter.hpp>

namespace tutti::net {
namespace {

using Writer = BasicByteWriter<MediaDatagram>;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
// |V=2|P|  count  |      type     |     length in words - 1       |
enum Type : std::uint8_t { senderReport = 200, receiverReport = 201, description = 202, bye = 203 };
constexpr std::uint8_t kVersion = 2 << 6;
constexpr std::uint8_t kCname = 1; // RFC 3550 6.5.1
constexpr std::size_t kBlockSize = 24;
constexpr std::size_t kSenderInfoSize = 20;

struct Part {
  std::uint8_t count = 0;
  std::uint8_t type = 0;
  ByteReader body{{}};
};

std::optional<Part> nextPart(ByteReader& in)
{
  const auto first = in.u8();
  const auto type = in.u8();
  const auto words = in.u16();
  if (!first || !type || !words || (*first & 0xC0U) != kVersion) return std::nullopt;
  const auto body = in.bytes(std::size_t{*words} * 4);
  if (!body) return std::nullopt;
  return Part{static_cast<std::uint8_t>(*first & 0x1fU), *type, ByteReader{*body}};
}

/// Of 24 bits with a sign.
std::int32_t signed24(std::uint32_t value)
{
  return static_cast<std::int32_t>(value << 8U) >> 8;
}

RtcpReportBlock readBlock(ByteReader& in)
{
  RtcpReportBlock block;
  block.ssrc = *in.u32();
  const auto lost = *in.u32();
  block.fractionLost = static_cast<std::uint8_t>(lost >> 24U);
  block.cumulativeLost = signed24(lost & 0xffffffU);
  block.highestSequence = *in.u32();
  block.jitter = *in.u32();
  block.lastSenderReport = *in.u32();
  block.delaySinceLast = *in.u32();
  return block;
}

bool readReport(Part part, RtcpReport& report)
{
  const bool isSender = part.type == senderReport;
  const auto size = 4 + (isSender ? kSenderInfoSize : 0) + part.count * kBlockSize;
  if (part.body.remaining() < size) return false;
  report.ssrc = *part.body.u32();
  if (isSender) report.sender = {*part.body.u64(), *part.body.u32(), *part.body.u32(), *part.body.u32()};
  for (int i = 0; i < part.count; ++i) report.blocks.tryAdd(readBlock(part.body));
  return true;
}

/// The name of the report's author among those described.
void readCname(Part part, RtcpReport& report)
{
  auto& in = part.body;
  const auto ssrc = in.u32();
  if (part.count == 0 || ssrc != report.ssrc) return;
  while (const auto item = in.u8()) {
    const auto size = *item == 0 ? std::nullopt : in.u8();
    const auto text = size ? in.bytes(*size) : std::nullopt;
    if (!text) return;
    if (*item == kCname) report.cname.assign(reinterpret_cast<const char*>(text->data()), text->size());
  }
}

void readBye(Part part, RtcpReport& report)
{
  for (int i = 0; i < part.count; ++i)
    if (part.body.u32() == report.ssrc) report.isBye = true;
}

void writeHead(Writer& out, std::size_t count, Type type, std::size_t bodySize)
{
  out.u8(static_cast<std::uint8_t>(kVersion | count));
  out.u8(type);
  out.u16(static_cast<std::uint16_t>(bodySize / 4));
}

void writeBlock(Writer& out, const RtcpReportBlock& block)
{
  out.u32(block.ssrc);
  out.u32(std::uint32_t{block.fractionLost} << 24U |
          (static_cast<std::uint32_t>(block.cumulativeLost) & 0xffffffU));
  out.u32(block.highestSequence);
  out.u32(block.jitter);
  out.u32(block.lastSenderReport);
  out.u32(block.delaySinceLast);
}

void writeReport(Writer& out, const RtcpReport& report)
{
  const auto size = 4 + (report.sender ? kSenderInfoSize : 0) + report.blocks.size() * kBlockSize;
  writeHead(out, report.blocks.size(), report.sender ? senderReport : receiverReport, size);
  out.u32(report.ssrc);
  if (report.sender) {
    out.u64(report.sender->ntpTime);
    out.u32(report.sender->rtpTimestamp);
    out.u32(report.sender->packets);
    out.u32(report.sender->octets);
  }
  for (const auto& block : report.blocks) writeBlock(out, block);
}

void writeCname(Writer& out, const RtcpReport& report)
{
  TUTTI_ASSERT(report.cname.size() <= 255);
  const auto size = (4 + 2 + report.cname.size() + 1 + 3) / 4 * 4; // at least one zero ends the items
  writeHead(out, 1, description, size);
  out.u32(report.ssrc);
  out.u8(kCname);
  out.u8(static_cast<std::uint8_t>(report.cname.size()));
  out.bytes(std::as_bytes(std::span{report.cname}));
  for (auto written = 6 + report.cname.size(); written < size; ++written) out.u8(0);
}

} // namespace

Result<RtcpReport> parseRtcp(std::span<const std::byte> datagram)
{
  ByteReader in{datagram};
  RtcpReport report;
  for (bool isFirst = true; isFirst || !in.atEnd(); isFirst = false) {
    const auto part = nextPart(in);
    if (!part) return failure(ErrorKind::malformed, "RTCP: torn");
    const bool isReport = part->type == senderReport || part->type == receiverReport;
    if (isFirst && !isReport) return failure(ErrorKind::malformed, "RTCP: begins with no report");
    if (isFirst && !readReport(*part, report)) return failure(ErrorKind::malformed, "RTCP: torn report");
    if (part->type == description) readCname(*part, report);
    if (part->type == bye) readBye(*part, report);
  }
  return report;
}

MediaDatagram encodeRtcp(const RtcpReport& report)
{
  MediaDatagram datagram;
  Writer out{datagram};
  writeReport(out, report);
  writeCname(out, report);
  if (report.isBye) {
    writeHead(out, 1, bye, 4);
    out.u32(report.ssrc);
  }
  return datagram;
}

} // namespace tutti::net
