#include <tutti/net/Stun.hpp>

#include <algorithm>
#include <openssl/crypto.h>

#include <tutti/core/Assert.hpp>
#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteString.hpp>

#include "StunAddress.hpp"
#include "StunIntegrity.hpp"

namespace tutti::net::stun {
namespace {

constexpr std::uint16_t kClassBits = 0x0110;
constexpr std::size_t kLongestMessage = 1600; // what a relay says of a whole Ethernet frame

constexpr std::size_t padded(std::size_t size)
{
  return (size + 3) & ~std::size_t{3};
}

constexpr auto codeOf(Attribute type)
{
  return static_cast<std::uint16_t>(type);
}

constexpr std::uint16_t kFirstOptional = 0x8000; // RFC 8489 14
/// What RFC 8489, 8656, 8445 and 5780 ask everybody to understand.
constexpr std::array kRequired{Attribute::mappedAddress,
                               Attribute::username,
                               Attribute::messageIntegrity,
                               Attribute::errorCode,
                               Attribute::unknownAttributes,
                               Attribute::channelNumber,
                               Attribute::lifetime,
                               Attribute::xorPeerAddress,
                               Attribute::data,
                               Attribute::realm,
                               Attribute::nonce,
                               Attribute::xorRelayedAddress,
                               Attribute::evenPort,
                               Attribute::requestedAddressFamily,
                               Attribute::dontFragment,
                               Attribute::requestedTransport,
                               Attribute::passwordAlgorithm,
                               Attribute::messageIntegritySha256,
                               Attribute::userhash,
                               Attribute::xorMappedAddress,
                               Attribute::reservationToken,
                               Attribute::priority,
                               Attribute::useCandidate,
                               Attribute::padding};

bool isSame(std::span<const std::byte> a, std::span<const std::byte> b)
{
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace

Result<Message> Message::parse(std::span<const std::byte> datagram)
{
  ByteReader in{datagram};
  Message message;
  message.datagram_ = datagram;
  const auto type = in.u16();
  const auto length = in.u16();
  const auto magic = in.u32();
  const auto transaction = in.bytes(message.transaction_.size());
  const bool isStun = type && (*type & 0xc000U) == 0 && length && magic == kMagic && transaction;
  if (!isStun || *length != in.remaining() || *length % 4 != 0 || datagram.size() > kLongestMessage)
    return failure(ErrorKind::malformed);
  message.type_ = *type;
  std::ranges::copy(*transaction, message.transaction_.begin());
  if (!message.readAttributes()) return failure(ErrorKind::malformed);
  return message;
}

bool Message::readAttributes()
{
  ByteReader in{datagram_.subspan(kHeaderSize)};
  bool isVouchedFor = true; // by a sum that is still to come, or by nobody at all
  while (!in.atEnd()) {
    const auto type = in.u16();
    const auto length = in.u16();
    if (!type || !length) return false;
    const auto value = in.bytes(padded(*length));
    if (!value) return false;
    const Entry entry{*type, value->first(*length)};
    if (entry.type == codeOf(Attribute::fingerprint))
      return in.atEnd() && isFingerprintRight(entry) && keep(entry);
    const bool isSum = entry.type == codeOf(Attribute::messageIntegrity) ||
                       entry.type == codeOf(Attribute::messageIntegritySha256);
    if ((isVouchedFor || isSum) && !keep(entry)) return false;
    isVouchedFor = isVouchedFor && !isSum;
  }
  return true;
}

bool Message::keep(const Entry& entry)
{
  if (count_ == entries_.size()) return false;
  entries_[count_++] = entry;
  return true;
}

bool Message::isFingerprintRight(const Entry& entry) const
{
  const auto said = ByteReader{entry.value}.u32();
  return entry.value.size() == kFingerprintSize && said &&
         *said == fingerprint(datagram_.first(datagram_.size() - kFingerprintSize - kEntryHead));
}

Class Message::messageClass() const
{
  return static_cast<Class>(type_ & kClassBits);
}

std::uint16_t Message::method() const
{
  return static_cast<std::uint16_t>(type_ & ~kClassBits);
}

std::optional<std::span<const std::byte>> Message::find(Attribute type) const
{
  const auto all = std::span{entries_}.first(count_);
  const auto found = std::ranges::find(all, codeOf(type), &Entry::type);
  if (found == all.end()) return std::nullopt;
  return found->value;
}

std::optional<std::uint32_t> Message::number(Attribute type) const
{
  const auto value = find(type);
  if (!value || value->size() != 4) return std::nullopt;
  return ByteReader{*value}.u32();
}

std::optional<std::string_view> Message::text(Attribute type) const
{
  const auto value = find(type);
  if (!value) return std::nullopt;
  return asText(*value);
}

std::optional<Endpoint> Message::xorAddress(Attribute type) const
{
  const auto value = find(type);
  if (!value) return std::nullopt;
  return readAddress(*value, disguise(transaction_));
}

std::optional<Endpoint> Message::plainAddress(Attribute type) const
{
  const auto value = find(type);
  if (!value) return std::nullopt;
  return readAddress(*value, {});
}

std::optional<int> Message::errorCode() const
{
  const auto value = find(Attribute::errorCode);
  if (!value || value->size() < 4) return std::nullopt;
  const auto hundreds = std::to_integer<int>((*value)[2] & std::byte{7});
  const auto rest = std::to_integer<int>((*value)[3]);
  if (hundreds < 3 || hundreds > 6 || rest > 99) return std::nullopt;
  return 100 * hundreds + rest;
}

bool Message::hasUnknownRequired() const
{
  return std::ranges::any_of(std::span{entries_}.first(count_), [](const Entry& entry) {
    return entry.type < kFirstOptional && std::ranges::find(kRequired, entry.type, codeOf) == kRequired.end();
  });
}

bool Message::isSealedWith(std::string_view password) const
{
  const auto upTo = [this](std::span<const std::byte> sum) {
    return datagram_.first(static_cast<std::size_t>(sum.data() - datagram_.data()) - kEntryHead);
  };
  // RFC 8489 9.1.3: where both are there, the stronger one decides.
  if (const auto sum = find(Attribute::messageIntegritySha256)) {
    const bool isLengthRight = sum->size() >= 16 && sum->size() <= kSha256Size && sum->size() % 4 == 0;
    if (!isLengthRight) return false;
    const auto right = integritySha256(upTo(*sum), password, sum->size());
    return isSame(*sum, std::span{right}.first(sum->size()));
  }
  if (const auto sum = find(Attribute::messageIntegrity))
    return isSame(*sum, integritySha1(upTo(*sum), password));
  return false;
}

Writer::Writer(Class messageClass, Method method, const TransactionId& transaction)
{
  const auto type =
    static_cast<std::uint16_t>(static_cast<unsigned>(messageClass) | static_cast<unsigned>(method));
  const std::array<std::byte, 8> start{static_cast<std::byte>(type >> 8U),
                                       static_cast<std::byte>(type & 0xffU),
                                       std::byte{0},
                                       std::byte{0},
                                       std::byte{0x21},
                                       std::byte{0x12},
                                       std::byte{0xa4},
                                       std::byte{0x42}};
  append(start);
  append(transaction);
}

void Writer::append(std::span<const std::byte> raw)
{
  TUTTI_ASSERT(raw.size() <= buffer_.size() - size_);
  std::ranges::copy(raw, buffer_.begin() + static_cast<std::ptrdiff_t>(size_));
  size_ += raw.size();
  setLength(size_ < kHeaderSize ? 0 : size_ - kHeaderSize);
}

void Writer::setLength(std::size_t length)
{
  buffer_[2] = static_cast<std::byte>(length >> 8U & 0xffU);
  buffer_[3] = static_cast<std::byte>(length & 0xffU);
}

void Writer::header(Attribute type, std::size_t length)
{
  const std::array<std::byte, kEntryHead> head{
    static_cast<std::byte>(codeOf(type) >> 8U), static_cast<std::byte>(codeOf(type) & 0xffU),
    static_cast<std::byte>(length >> 8U & 0xffU), static_cast<std::byte>(length & 0xffU)};
  append(head);
}

void Writer::add(Attribute type, std::span<const std::byte> value)
{
  header(type, value.size());
  append(value);
  static constexpr std::array<std::byte, 3> kZeros{};
  append(std::span{kZeros}.first(padded(value.size()) - value.size()));
}

void Writer::add(Attribute type, std::string_view text)
{
  constexpr std::size_t kLongest = 128;
  add(type, asBytes(text.substr(0, kLongest)));
}

void Writer::add(Attribute type, std::uint32_t value)
{
  const std::array<std::byte, 4> raw{
    static_cast<std::byte>(value >> 24U), static_cast<std::byte>(value >> 16U & 0xffU),
    static_cast<std::byte>(value >> 8U & 0xffU), static_cast<std::byte>(value & 0xffU)};
  add(type, raw);
}

void Writer::addXorAddress(Attribute type, const Endpoint& endpoint)
{
  TransactionId transaction{};
  std::ranges::copy(std::span{buffer_}.subspan(8, transaction.size()), transaction.begin());
  std::array<std::byte, kLongestAddress> value{};
  const auto size = writeAddress(endpoint, disguise(transaction), value);
  add(type, std::span{value}.first(size));
}

void Writer::padTo(std::size_t size)
{
  constexpr auto kSums = kEntryHead + kSha1Size + kEntryHead + kFingerprintSize;
  if (size_ + kSums >= size) return;
  const auto missing = padded(size - size_ - kSums);
  static constexpr std::array<std::byte, 512> kZeros{};
  const auto length = std::min(missing > kEntryHead ? missing - kEntryHead : 0, kZeros.size());
  add(Attribute::padding, std::span{kZeros}.first(length));
}

void Writer::seal(std::string_view password)
{
  add(Attribute::messageIntegrity, integritySha1(bytes(), password));
}

void Writer::sealSha256(std::string_view password)
{
  add(Attribute::messageIntegritySha256, integritySha256(bytes(), password));
}

void Writer::addFingerprint()
{
  add(Attribute::fingerprint, fingerprint(bytes()));
}

} // namespace tutti::net::stun
