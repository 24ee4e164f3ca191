#include <tutti/endpoint/ControlMessage.hpp>

#include <bit>

#include <tutti/core/ShortText.hpp>
#include <tutti/core/Utf8.hpp>

namespace tutti::endpoint {
namespace {

constexpr std::string_view kMagic = "tutti endpoint";
constexpr std::uint8_t kVersion = 1;

/// The first `most` bytes, without half a character.
std::string_view cut(std::string_view text, std::size_t most)
{
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) --most;
  return text.substr(0, most);
}

void write(ByteStringWriter& out, const AudioFormat& format)
{
  out.u64(std::bit_cast<std::uint64_t>(format.rate));
  out.u8(static_cast<std::uint8_t>(format.channels));
  out.u32(format.buffer);
  out.u8(static_cast<std::uint8_t>(format.type));
}

void write(ByteStringWriter& out, const std::vector<StreamOffer>& streams)
{
  out.u8(static_cast<std::uint8_t>(streams.size()));
  for (const auto& stream : streams) {
    writeText(out, cut(stream.name, kLongestName));
    write(out, stream.format);
  }
}

void write(ByteStringWriter& out, const Hello& hello)
{
  out.text(kMagic);
  out.u8(kVersion);
  writeText(out, cut(hello.name, kLongestName));
}

void write(ByteStringWriter& out, const Offer& offer)
{
  writeText(out, cut(offer.name, kLongestName));
  out.bytes(offer.session.bytes());
  out.u16(offer.mediaPort);
  write(out, offer.fromServer);
  write(out, offer.toServer);
}

void write(ByteStringWriter& out, const OfferAnswer& answer)
{
  out.u8(static_cast<std::uint8_t>(answer.verdict));
  out.u64(std::bit_cast<std::uint64_t>(answer.rate));
  writeText(out, cut(answer.reason, kLongestReason));
}

void write(ByteStringWriter& out, const Ask& ask)
{
  out.u8(static_cast<std::uint8_t>(ask.what));
  out.u16(ask.run);
}

void write(ByteStringWriter& out, const Answer& answer)
{
  write(out, answer.to);
  out.u8(static_cast<std::uint8_t>(answer.verdict));
  writeText(out, cut(answer.reason, kLongestReason));
}

void write(ByteStringWriter&, const Heartbeat&) {}

void write(ByteStringWriter& out, const Bye& bye)
{
  writeText(out, cut(bye.reason, kLongestReason));
}

std::optional<std::string> readName(ByteReader& in)
{
  auto name = readText(in);
  if (!name || !isName(*name)) return std::nullopt;
  return name;
}

/// It may be empty.
std::optional<std::string> readReason(ByteReader& in)
{
  auto reason = readText(in);
  if (!reason || reason->size() > kLongestReason || !isPlainText(*reason)) return std::nullopt;
  return reason;
}

std::optional<double> readRate(ByteReader& in)
{
  const auto raw = in.u64();
  if (!raw) return std::nullopt;
  const auto rate = std::bit_cast<double>(*raw);
  if (!check(AudioFormat{.rate = rate, .buffer = 0})) return std::nullopt;
  return rate;
}

std::optional<AudioFormat> readFormat(ByteReader& in)
{
  const auto rate = readRate(in);
  const auto channels = in.u8();
  const auto buffer = in.u32();
  const auto code = in.u8();
  if (!rate || !channels || !buffer || !code) return std::nullopt;
  const auto type = sampleTypeOf(*code);
  if (!type) return std::nullopt;
  const AudioFormat format{*rate, *channels, *buffer, *type};
  if (!check(format)) return std::nullopt;
  return format;
}

std::optional<std::vector<StreamOffer>> readStreams(ByteReader& in)
{
  const auto count = in.u8();
  if (!count || *count > kMostStreams) return std::nullopt;
  std::vector<StreamOffer> streams;
  for (std::size_t i = 0; i < *count; ++i) {
    auto name = readName(in);
    const auto format = readFormat(in);
    if (!name || !format) return std::nullopt;
    streams.push_back({std::move(*name), *format});
  }
  return streams;
}

std::optional<Verdict> readVerdict(ByteReader& in)
{
  const auto code = in.u8();
  if (!code || *code > static_cast<std::uint8_t>(Verdict::refused)) return std::nullopt;
  return static_cast<Verdict>(*code);
}

using Read = std::optional<ControlMessage>;

Read readHello(ByteReader& in)
{
  auto name = readName(in);
  if (!name) return std::nullopt;
  return Hello{std::move(*name)};
}

Read readOffer(ByteReader& in)
{
  auto name = readName(in);
  const auto session = in.bytes(SessionToken::kSize);
  const auto port = in.u16();
  if (!name || !session || !port || *port == 0) return std::nullopt;
  auto fromServer = readStreams(in);
  if (!fromServer) return std::nullopt;
  auto toServer = readStreams(in);
  if (!toServer) return std::nullopt;
  return Offer{std::move(*name), SessionToken::fromBytes(*session), *port, std::move(*fromServer),
               std::move(*toServer)};
}

Read readOfferAnswer(ByteReader& in)
{
  const auto verdict = readVerdict(in);
  const auto rate = readRate(in);
  auto reason = readReason(in);
  if (!verdict || !rate || !reason) return std::nullopt;
  return OfferAnswer{*verdict, *rate, std::move(*reason)};
}

std::optional<Ask> askIn(ByteReader& in)
{
  const auto what = in.u8();
  const auto run = in.u16();
  if (!what || *what > 1 || !run) return std::nullopt;
  return Ask{static_cast<Ask::What>(*what), *run};
}

Read readAsk(ByteReader& in)
{
  const auto ask = askIn(in);
  if (!ask) return std::nullopt;
  return *ask;
}

Read readAnswer(ByteReader& in)
{
  const auto to = askIn(in);
  const auto verdict = readVerdict(in);
  auto reason = readReason(in);
  if (!to || !verdict || !reason) return std::nullopt;
  return Answer{*to, *verdict, std::move(*reason)};
}

Read readBye(ByteReader& in)
{
  auto reason = readReason(in);
  if (!reason) return std::nullopt;
  return Bye{std::move(*reason)};
}

/// In the order of the variant, whose index is the tag.
Read readTagged(std::uint8_t tag, ByteReader& in)
{
  switch (tag) {
  case 0:
    return readHello(in);
  case 1:
    return readOffer(in);
  case 2:
    return readOfferAnswer(in);
  case 3:
    return readAsk(in);
  case 4:
    return readAnswer(in);
  case 5:
    return Heartbeat{};
  case 6:
    return readBye(in);
  default:
    return std::nullopt;
  }
}

/// The words that all hellos begin with, whatever their version.
Result<void> readMagic(ByteReader& in)
{
  const auto magic = in.bytes(kMagic.size());
  const auto version = in.u8();
  if (!magic || asText(*magic) != kMagic || !version) return failure(ErrorKind::malformed);
  if (*version != kVersion)
    return failure(
      ErrorKind::unsupported,
      "The other speaks a newer version of this protocol; bring both to the same version of Tutti.");
  return {};
}

} // namespace

ByteString encode(const ControlMessage& message)
{
  ByteString body;
  ByteStringWriter out{body};
  out.u8(static_cast<std::uint8_t>(message.index()));
  std::visit([&out](const auto& said) { write(out, said); }, message);
  ByteString framed;
  ByteStringWriter frame{framed};
  frame.u16(static_cast<std::uint16_t>(body.size()));
  frame.bytes(body);
  return framed;
}

Result<ControlMessage> parseControl(std::span<const std::byte> message)
{
  ByteReader in{message};
  const auto tag = in.u8();
  if (!tag) return failure(ErrorKind::malformed);
  if (*tag == 0)
    if (auto magic = readMagic(in); !magic) return tl::unexpected{magic.error()};
  auto read = readTagged(*tag, in);
  if (!read || !in.atEnd()) return failure(ErrorKind::malformed);
  return *std::move(read);
}

void ControlDeframer::push(std::span<const std::byte> bytes)
{
  if (!isBroken_) waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
}

std::optional<Result<ControlMessage>> ControlDeframer::next()
{
  ByteReader in{waiting_};
  const auto size = in.u16();
  if (isBroken_ || !size) return std::nullopt;
  const auto body = *size <= kLargestMessage ? in.bytes(*size) : std::span<const std::byte>{};
  if (!body) return std::nullopt;
  auto message = parseControl(*body);
  isBroken_ = !message;
  waiting_.erase(waiting_.begin(),
                 isBroken_ ? waiting_.end() : waiting_.begin() + static_cast<std::ptrdiff_t>(2 + *size));
  return message;
}

} // namespace tutti::endpoint
