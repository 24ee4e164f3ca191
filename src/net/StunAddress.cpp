#include "StunAddress.hpp"

#include <tutti/core/ByteReader.hpp>

namespace tutti::net::stun {
namespace {

constexpr std::uint8_t kFamilyV4 = 1;
constexpr std::uint8_t kFamilyV6 = 2;

template <std::size_t Size>
std::array<std::uint8_t, Size> unmasked(std::span<const std::byte> raw, const Disguise& under)
{
  std::array<std::uint8_t, Size> bytes{};
  for (std::size_t i = 0; i < Size; ++i)
    bytes[i] = static_cast<std::uint8_t>(std::to_integer<unsigned>(raw[i]) ^ under[i]);
  return bytes;
}

std::uint16_t portMask(const Disguise& under)
{
  return static_cast<std::uint16_t>(under[0] << 8U | under[1]);
}

} // namespace

Disguise disguise(const TransactionId& transaction)
{
  Disguise bytes{kMagic >> 24U & 0xffU, kMagic >> 16U & 0xffU, kMagic >> 8U & 0xffU, kMagic & 0xffU};
  for (std::size_t i = 0; i < transaction.size(); ++i)
    bytes[i + 4] = std::to_integer<std::uint8_t>(transaction[i]);
  return bytes;
}

std::optional<Endpoint> readAddress(std::span<const std::byte> value, const Disguise& under)
{
  ByteReader in{value};
  in.u8();
  const auto family = in.u8();
  const auto maskedPort = in.u16();
  if (!maskedPort) return std::nullopt;
  const auto port = static_cast<std::uint16_t>(*maskedPort ^ portMask(under));
  if (family == kFamilyV4 && in.remaining() == 4)
    return Endpoint{IpAddress::v4(unmasked<4>(*in.bytes(4), under)), port};
  if (family == kFamilyV6 && in.remaining() == 16)
    return Endpoint{IpAddress::v6(unmasked<16>(*in.bytes(16), under)), port};
  return std::nullopt;
}

std::size_t writeAddress(const Endpoint& endpoint, const Disguise& under,
                         std::span<std::byte, kLongestAddress> into)
{
  const auto size = endpoint.address.isV4() ? std::size_t{4} : std::size_t{16};
  const auto port = static_cast<std::uint16_t>(endpoint.port ^ portMask(under));
  into[0] = std::byte{0};
  into[1] = std::byte{endpoint.address.isV4() ? kFamilyV4 : kFamilyV6};
  into[2] = static_cast<std::byte>(port >> 8U);
  into[3] = static_cast<std::byte>(port & 0xffU);
  for (std::size_t i = 0; i < size; ++i)
    into[4 + i] = static_cast<std::byte>(endpoint.address.bytes()[i] ^ under[i]);
  return 4 + size;
}

} // namespace tutti::net::stun
