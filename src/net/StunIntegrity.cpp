#include "StunIntegrity.hpp"

#include <algorithm>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <tutti/core/Assert.hpp>

namespace tutti::net::stun {
namespace {

constexpr std::size_t kLongest = 2048;

/// The message up to a sum, with the length that it has together with the sum.
struct Counted {
  Counted(std::span<const std::byte> upTo, std::size_t ownSize)
    : size{upTo.size()}
  {
    TUTTI_ASSERT(size >= kHeaderSize && size <= kLongest);
    std::ranges::copy(upTo, bytes.begin());
    const auto length = size - kHeaderSize + kEntryHead + ownSize;
    bytes[2] = static_cast<std::byte>(length >> 8U & 0xffU);
    bytes[3] = static_cast<std::byte>(length & 0xffU);
  }
  std::array<std::byte, kLongest> bytes{};
  std::size_t size;
};

template <std::size_t Size>
std::array<std::byte, Size> hmac(const EVP_MD* digest, const Counted& message, std::string_view password)
{
  std::array<std::byte, Size> sum{};
  unsigned written = 0;
  HMAC(digest, password.data(), static_cast<int>(password.size()),
       reinterpret_cast<const unsigned char*>(message.bytes.data()), message.size,
       reinterpret_cast<unsigned char*>(sum.data()), &written);
  TUTTI_ASSERT(written == Size);
  return sum;
}

constexpr std::array<std::uint32_t, 256> crcTable()
{
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    auto value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? 0xedb88320U ^ value >> 1U : value >> 1U;
    table[i] = value;
  }
  return table;
}

constexpr auto kCrc = crcTable();
constexpr std::uint32_t kFingerprintMask = 0x5354554e; // RFC 8489 14.7: "STUN"

} // namespace

std::array<std::byte, kSha1Size> integritySha1(std::span<const std::byte> upTo, std::string_view password)
{
  return hmac<kSha1Size>(EVP_sha1(), Counted{upTo, kSha1Size}, password);
}

std::array<std::byte, kSha256Size> integritySha256(std::span<const std::byte> upTo, std::string_view password,
                                                   std::size_t ownSize)
{
  return hmac<kSha256Size>(EVP_sha256(), Counted{upTo, ownSize}, password);
}

std::uint32_t fingerprint(std::span<const std::byte> upTo)
{
  const Counted message{upTo, kFingerprintSize};
  std::uint32_t crc = 0xffffffffU;
  for (const auto byte : std::span{message.bytes}.first(message.size))
    crc = kCrc[(crc ^ std::to_integer<std::uint32_t>(byte)) & 0xffU] ^ crc >> 8U;
  return ~crc ^ kFingerprintMask;
}

} // namespace tutti::net::stun
