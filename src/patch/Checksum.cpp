#include "Checksum.hpp"

#include <fmt/format.h>

namespace tutti::patch {

std::uint32_t checksumOf(std::string_view text)
{
  constexpr std::uint32_t kPolynomial = 0xedb88320U; // reversed
  std::uint32_t crc = 0xffffffffU;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ ((crc & 1U) != 0 ? kPolynomial : 0U);
  }
  return ~crc;
}

std::string checksumLine(std::string_view text)
{
  return fmt::format("checksum: {:08x}\n", checksumOf(text));
}

bool isAsSaved(std::string_view text)
{
  constexpr std::size_t kLength = std::string_view{"checksum: 01234567\n"}.size();
  if (text.size() < kLength) return false;
  const auto before = text.substr(0, text.size() - kLength);
  return text.substr(before.size()) == checksumLine(before);
}

} // namespace tutti::patch
