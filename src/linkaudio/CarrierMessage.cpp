#include <tutti/linkaudio/CarrierMessage.hpp>

#include <optional>
#include <string_view>
#include <utility>

#include <tutti/core/Assert.hpp>
#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ShortText.hpp>
#include <tutti/core/Utf8.hpp>
#include <tutti/linkaudio/CarriedId.hpp>

namespace tutti::linkaudio {
namespace {

constexpr std::uint8_t kKind = 'C'; // what bridges say begins with 1
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kOffers = 1;
constexpr std::uint8_t kAsks = 2;
constexpr std::string_view kPurpose = "tutti channels 1";
constexpr std::size_t kSignature = room::Signature{}.size();
constexpr std::size_t kPageHead = 14;
constexpr std::size_t kOfferHead = NodeId::kSize + 2 + 1 + 1 + 4;

std::size_t sizeOf(const Offer& offer)
{
  return kOfferHead + 1 + offer.name.size() + 1 + offer.whose.size();
}

void write(ByteStringWriter& out, const Offer& offer)
{
  TUTTI_ASSERT(offer.name.size() <= Offer::kMostName && offer.whose.size() <= Offer::kMostWhose);
  out.bytes(offer.channel.bytes.bytes());
  out.u16(offer.stream);
  out.u8(static_cast<std::uint8_t>(offer.codec));
  out.u8(offer.channels);
  out.u32(static_cast<std::uint32_t>(offer.rate.hertz()));
  writeText(out, offer.name);
  writeText(out, offer.whose);
}

std::optional<ChannelId> readChannel(ByteReader& in)
{
  const auto bytes = in.bytes(NodeId::kSize);
  if (!bytes) return std::nullopt;
  return ChannelId{NodeId::fromBytes(*bytes)};
}

std::optional<std::string> readLabel(ByteReader& in, std::size_t most)
{
  auto text = readText(in);
  if (!text || text->size() > most || !isPlainText(*text)) return std::nullopt;
  return text;
}

/// Sites carry PCM of 16 or 24 bits.
std::optional<stream::Codec> readCodec(ByteReader& in)
{
  const auto codec = in.u8();
  if (!codec || *codec > static_cast<std::uint8_t>(stream::Codec::pcm24)) return std::nullopt;
  return static_cast<stream::Codec>(*codec);
}

std::optional<Offer> readOffer(ByteReader& in)
{
  const auto channel = readChannel(in);
  const auto stream = in.u16();
  const auto codec = readCodec(in);
  const auto channels = in.u8();
  const auto rate = in.u32();
  if (!channel || !stream || !codec || !channels || !rate) return std::nullopt;
  if (isCarried(*channel) || *channels < 1 || *channels > 2) return std::nullopt;
  if (*rate < 8000 || *rate > 192'000) return std::nullopt;
  auto name = readLabel(in, Offer::kMostName);
  auto whose = readLabel(in, Offer::kMostWhose);
  if (!name || !whose) return std::nullopt;
  return Offer{*channel,
               *stream,
               *codec,
               *channels,
               audio::SampleRate::fromHertz(static_cast<std::int32_t>(*rate)),
               std::move(*name),
               std::move(*whose)};
}

void write(ByteStringWriter& out, const Offers& offers)
{
  out.u8(kOffers);
  out.i64(offers.saidAt.micros);
  out.u8(offers.page);
  out.u8(offers.pages);
  out.u8(static_cast<std::uint8_t>(offers.offers.size()));
  for (const auto& offer : offers.offers) write(out, offer);
}

void write(ByteStringWriter& out, const Asks& asks)
{
  out.u8(kAsks);
  out.i64(asks.saidAt.micros);
  out.u8(static_cast<std::uint8_t>(asks.asks.size()));
  for (const auto& ask : asks.asks) {
    out.bytes(ask.member.bytes());
    out.bytes(ask.channel.bytes.bytes());
  }
}

std::optional<CarrierMessage> readOffers(ByteReader& in, room::RemoteTime saidAt)
{
  const auto page = in.u8();
  const auto pages = in.u8();
  const auto count = in.u8();
  if (!page || !pages || !count || *count > Offers::kMost) return std::nullopt;
  if (*pages < 1 || *pages > Offers::kMostPages || *page >= *pages) return std::nullopt;
  Offers offers{saidAt, *page, *pages, {}};
  for (std::size_t i = 0; i < *count; ++i) {
    auto offer = readOffer(in);
    if (!offer) return std::nullopt;
    offers.offers.push_back(std::move(*offer));
  }
  return offers;
}

std::optional<CarrierMessage> readAsks(ByteReader& in, room::RemoteTime saidAt)
{
  const auto count = in.u8();
  if (!count || *count > Asks::kMost) return std::nullopt;
  Asks asks{saidAt, {}};
  for (std::size_t i = 0; i < *count; ++i) {
    const auto member = in.bytes(room::MemberId::kSize);
    const auto channel = readChannel(in);
    if (!member || !channel) return std::nullopt;
    asks.asks.push_back({room::MemberId::fromBytes(*member).value(), *channel});
  }
  return asks;
}

} // namespace

std::size_t fittingOffers(std::span<const Offer> offers)
{
  std::size_t count = 0;
  for (auto size = kPageHead + kSignature; count < std::min(offers.size(), Offers::kMost); ++count) {
    size += sizeOf(offers[count]);
    if (size > kLargestCarrierMessage) break;
  }
  return count;
}

ByteString encode(const CarrierMessage& message)
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.u8(kKind);
  out.u8(kVersion);
  std::visit([&](const auto& one) { write(out, one); }, message);
  return bytes;
}

Result<CarrierMessage> parseCarrierMessage(std::span<const std::byte> bytes)
{
  ByteReader in{bytes};
  const auto kind = in.u8();
  const auto version = in.u8();
  const auto type = in.u8();
  const auto saidAt = in.i64();
  if (kind != kKind || version != kVersion || !type || !saidAt) return failure(ErrorKind::malformed);
  std::optional<CarrierMessage> message;
  if (*type == kOffers) message = readOffers(in, {*saidAt});
  if (*type == kAsks) message = readAsks(in, {*saidAt});
  if (!message || !in.atEnd()) return failure(ErrorKind::malformed);
  return std::move(*message);
}

ByteString encodeSigned(const CarrierMessage& message, const room::MemberKeys& author)
{
  auto bytes = encode(message);
  const auto signature = author.sign(kPurpose, bytes);
  ByteStringWriter{bytes}.bytes(signature);
  return bytes;
}

Result<CarrierMessage> parseSignedCarrierMessage(std::span<const std::byte> bytes,
                                                 const room::SignPublic& author)
{
  if (bytes.size() < kSignature || bytes.size() > kLargestCarrierMessage)
    return failure(ErrorKind::malformed);
  const auto fields = bytes.first(bytes.size() - kSignature);
  auto message = parseCarrierMessage(fields); // cheaper than looking at the signature
  if (!message) return message;
  if (!room::isSignedBy(author, kPurpose, fields, bytes.last(kSignature))) return failure(ErrorKind::refused);
  return message;
}

} // namespace tutti::linkaudio
