#include <tutti/module/Message.hpp>

#include <optional>
#include <vector>

#include <tutti/core/ShortText.hpp>
#include <tutti/core/Utf8.hpp>

namespace tutti::module {
namespace {

constexpr std::string_view kMagic = "tutti module";
constexpr Micros kMostLease{60'000'000};
constexpr std::int64_t kMillisecond = 1000;

std::string_view cut(std::string_view text, std::size_t most)
{
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) --most;
  return text.substr(0, most);
}

void write(ByteStringWriter& out, const std::vector<Port>& ports)
{
  out.u8(static_cast<std::uint8_t>(ports.size()));
  for (const auto& port : ports) {
    writeText(out, cut(port.name, Card::kLongestName));
    out.u8(static_cast<std::uint8_t>(port.channels));
  }
}

void write(ByteStringWriter& out, const Hello& hello)
{
  out.text(kMagic);
  out.u8(kVersion);
  writeText(out, cut(hello.token, kLongestToken));
  writeText(out, cut(hello.card.name, Card::kLongestName));
  writeText(out, cut(hello.card.description, Card::kLongestDescription));
  write(out, hello.card.inputs);
  write(out, hello.card.outputs);
  out.u32(hello.card.rate);
  out.u32(hello.card.block);
}

void write(ByteStringWriter& out, const Welcome& welcome)
{
  out.u32(welcome.rate);
  out.u32(welcome.shape.inputs);
  out.u32(welcome.shape.outputs);
  out.u32(welcome.shape.block);
  out.u32(welcome.shape.slots);
  out.u32(static_cast<std::uint32_t>(welcome.lease.count() / kMillisecond));
}

void write(ByteStringWriter& out, const Refusal& refusal)
{
  writeText(out, reasonFrom(refusal.reason));
}

void write(ByteStringWriter&, const Heartbeat&) {}

void write(ByteStringWriter& out, const Leave& leave)
{
  writeText(out, reasonFrom(leave.reason));
}

using Read = std::optional<Message>;

std::optional<std::string> readPlain(ByteReader& in, std::size_t most)
{
  auto text = readText(in);
  if (!text || text->size() > most || !isPlainText(*text)) return std::nullopt;
  return text;
}

std::optional<std::vector<Port>> readPorts(ByteReader& in)
{
  const auto count = in.u8();
  if (!count || *count > Card::kMostPorts) return std::nullopt;
  std::vector<Port> ports;
  for (std::size_t i = 0; i < *count; ++i) {
    auto name = readPlain(in, Card::kLongestName);
    const auto channels = in.u8();
    if (!name || !channels) return std::nullopt;
    ports.push_back({std::move(*name), *channels});
  }
  return ports;
}

Read readHello(ByteReader& in)
{
  auto token = readPlain(in, kLongestToken);
  auto name = readPlain(in, Card::kLongestName);
  auto description = readPlain(in, Card::kLongestDescription);
  auto inputs = readPorts(in);
  auto outputs = readPorts(in);
  const auto rate = in.u32();
  const auto block = in.u32();
  if (!token || !name || !description || !inputs || !outputs || !rate || !block) return std::nullopt;
  Hello hello{
    std::move(*token),
    {std::move(*name), std::move(*description), std::move(*inputs), std::move(*outputs), *rate, *block}};
  if (!check(hello.card)) return std::nullopt;
  return hello;
}

Read readWelcome(ByteReader& in)
{
  const auto rate = in.u32();
  const auto inputs = in.u32();
  const auto outputs = in.u32();
  const auto block = in.u32();
  const auto slots = in.u32();
  const auto lease = in.u32();
  if (!rate || !inputs || !outputs || !block || !slots || !lease) return std::nullopt;
  const Welcome welcome{*rate, {*inputs, *outputs, *block, *slots}, Micros{*lease * kMillisecond}};
  const bool isRate = *rate >= Card::kLeastRate && *rate <= Card::kMostRate;
  if (!isRate || !welcome.shape.isSane() || welcome.lease == Micros{} || welcome.lease > kMostLease)
    return std::nullopt;
  return welcome;
}

template <class Words> Read readReason(ByteReader& in)
{
  auto reason = readPlain(in, kLongestReason);
  if (!reason) return std::nullopt;
  return Words{std::move(*reason)};
}

/// In the order of the variant, whose index is the tag.
Read readTagged(std::uint8_t tag, ByteReader& in)
{
  switch (tag) {
  case 0:
    return readHello(in);
  case 1:
    return readWelcome(in);
  case 2:
    return readReason<Refusal>(in);
  case 3:
    return Heartbeat{};
  case 4:
    return readReason<Leave>(in);
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
  if (*version == kVersion) return {};
  return failure(ErrorKind::unsupported, "It was built for another version of Tutti; build it again with the "
                                         "module library of this one.");
}

} // namespace

ByteString encode(const Message& message)
{
  ByteString packet;
  ByteStringWriter out{packet};
  out.u8(static_cast<std::uint8_t>(message.index()));
  std::visit([&out](const auto& said) { write(out, said); }, message);
  return packet;
}

Result<Message> parseMessage(std::span<const std::byte> packet)
{
  if (packet.size() > kLargestMessage) return failure(ErrorKind::malformed);
  ByteReader in{packet};
  const auto tag = in.u8();
  if (!tag) return failure(ErrorKind::malformed);
  if (*tag == 0)
    if (auto magic = readMagic(in); !magic) return tl::unexpected{magic.error()};
  auto read = readTagged(*tag, in);
  if (!read || !in.atEnd()) return failure(ErrorKind::malformed);
  return *std::move(read);
}

std::string reasonFrom(std::string_view text, std::size_t most)
{
  std::string plain;
  while (!text.empty()) {
    const auto character = nextCharacter(text);
    const auto written = character ? utf8(*character) : std::string{};
    const auto& piece = character && isPlainText(written) ? written : std::string{" "};
    if (plain.size() + piece.size() > most) break;
    plain += piece;
  }
  return plain;
}

} // namespace tutti::module
