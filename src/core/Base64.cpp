#include <tutti/core/Base64.hpp>

#include <cstdint>

namespace tutti {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

} // namespace

std::string toBase64(std::span<const std::byte> bytes)
{
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const auto byte : bytes) {
    bits = bits << 8U | std::to_integer<std::uint32_t>(byte);
    for (count += 8; count >= 6;) {
      count -= 6;
      text += kLetters[bits >> count & 63U];
    }
  }
  if (count > 0) text += kLetters[bits << (6 - count) & 63U];
  return text;
}

std::optional<ByteString> fromBase64(std::string_view text)
{
  ByteString bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const auto letter : text) {
    const auto value = kLetters.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<std::byte>(bits >> count & 0xffU));
  }
  const bool isWhole = count < 6 && (bits & ((1U << count) - 1)) == 0;
  if (!isWhole) return std::nullopt;
  return bytes;
}

} // namespace tutti
