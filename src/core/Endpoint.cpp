#include <tutti/core/Endpoint.hpp>

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <fmt/format.h>

namespace tutti {

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
  if (text.find('\0') != std::string_view::npos) return std::nullopt; // inet_pton would not see what follows
  const std::string terminated{text};
  std::array<std::uint8_t, 4> four{};
  if (inet_pton(AF_INET, terminated.c_str(), four.data()) == 1) return v4(four);
  std::array<std::uint8_t, 16> sixteen{};
  if (inet_pton(AF_INET6, terminated.c_str(), sixteen.data()) == 1) return v6(sixteen);
  return std::nullopt;
}

bool IpAddress::sharesPrefix(const IpAddress& other, unsigned prefixBits) const
{
  if (family_ != other.family_) return false;
  const unsigned bits = std::min(prefixBits, isV4() ? 32U : 128U);
  const unsigned whole = bits / 8;
  if (!std::equal(bytes_.begin(), bytes_.begin() + whole, other.bytes_.begin())) return false;
  if (bits % 8 == 0) return true;
  const unsigned mask = 0xffU << (8 - bits % 8) & 0xffU;
  return (bytes_[whole] & mask) == (other.bytes_[whole] & mask);
}

std::string IpAddress::text() const
{
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  inet_ntop(isV4() ? AF_INET : AF_INET6, bytes_.data(), buffer.data(), buffer.size());
  return buffer.data();
}

std::string Endpoint::text() const
{
  return fmt::format(fmt::runtime(address.isV4() ? "{}:{}" : "[{}]:{}"), address.text(), port);
}

} // namespace tutti
