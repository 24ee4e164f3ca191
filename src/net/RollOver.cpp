#include <tutti/net/RollOver.hpp>

#include <algorithm>

#include <tutti/core/ByteReader.hpp>
#include <tutti/net/RtpPeek.hpp>

namespace tutti::net {
namespace {

constexpr std::uint16_t kOneByteForm = 0xbede; // RFC 8285 4.2
constexpr std::size_t kHead = 4;
constexpr std::size_t kCount = 4;
constexpr std::byte kElementHead{kRollOverElement << 4U | (kCount - 1)};

void write16(std::span<std::byte> at, std::size_t value)
{
  at[0] = static_cast<std::byte>(value >> 8U & 0xffU);
  at[1] = static_cast<std::byte>(value & 0xffU);
}

void write32(std::span<std::byte> at, std::uint32_t value)
{
  write16(at, value >> 16U);
  write16(at.subspan(2), value & 0xffffU);
}

struct Elements {
  std::optional<std::size_t> countAt; ///< where the four bytes stand in the packet
  bool isWhole = true;                ///< what is appended to them can be read
};

Elements readElements(std::span<const std::byte> packet, const RtpPeek& peek)
{
  Elements elements;
  auto at = peek.extensionAt + kHead;
  while (at < peek.headerSize) {
    const auto head = std::to_integer<unsigned>(packet[at]);
    ++at;
    if (head == 0) continue; // padding
    const auto id = head >> 4U;
    const auto length = (head & 0xfU) + 1;
    elements.isWhole = id != 15 && at + length <= peek.headerSize; // RFC 8285 4.2: stop here
    if (!elements.isWhole) return elements;
    if (id == kRollOverElement && length == kCount) elements.countAt = at;
    if (elements.countAt) return elements;
    at += length;
  }
  return elements;
}

bool isOneByteForm(std::span<const std::byte> packet, const RtpPeek& peek)
{
  return ByteReader{packet.subspan(peek.extensionAt)}.u16() == kOneByteForm;
}

/// Opens a gap of zeros in front of what stands at `at`.
void makeRoom(std::span<std::byte> buffer, std::size_t size, std::size_t at, std::size_t gap)
{
  const auto from = buffer.subspan(at, size - at);
  std::copy_backward(from.begin(), from.end(), buffer.begin() + static_cast<std::ptrdiff_t>(size + gap));
  std::ranges::fill(buffer.subspan(at, gap), std::byte{0});
}

} // namespace

std::optional<std::size_t> writeRollOver(std::span<std::byte> buffer, std::size_t size, std::uint32_t count)
{
  const auto packet = buffer.first(size);
  const auto peek = RtpPeek::at(packet);
  if (!peek || peek->isRtcp) return std::nullopt;
  const bool hasExtension = peek->extensionAt != 0;
  if (hasExtension) {
    if (!isOneByteForm(packet, *peek)) return std::nullopt;
    const auto elements = readElements(packet, *peek);
    if (!elements.isWhole) return std::nullopt;
    if (elements.countAt) {
      write32(buffer.subspan(*elements.countAt), count);
      return size;
    }
  }
  constexpr std::size_t kElement = 8; // head, count, padding to a whole word
  const auto growth = hasExtension ? kElement : kHead + kElement;
  if (size + growth > buffer.size()) return std::nullopt;
  makeRoom(buffer, size, peek->headerSize, growth);
  auto head = buffer.subspan(hasExtension ? peek->extensionAt : peek->headerSize);
  const auto words = (hasExtension ? peek->headerSize - peek->extensionAt - kHead : 0) / 4;
  buffer[0] |= std::byte{0x10};
  write16(head, kOneByteForm);
  write16(head.subspan(2), words + 2);
  auto element = buffer.subspan(peek->headerSize + (hasExtension ? 0 : kHead));
  element[0] = kElementHead;
  write32(element.subspan(1), count);
  return size + growth;
}

std::optional<std::uint32_t> readRollOver(std::span<const std::byte> packet)
{
  const auto peek = RtpPeek::at(packet);
  if (!peek || peek->isRtcp || peek->extensionAt == 0 || !isOneByteForm(packet, *peek)) return std::nullopt;
  const auto elements = readElements(packet, *peek);
  if (!elements.countAt) return std::nullopt;
  return ByteReader{packet.subspan(*elements.countAt)}.u32();
}

} // namespace tutti::net
