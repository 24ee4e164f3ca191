#include "PercentEncoding.hpp"

#include <charconv>
#include <fmt/format.h>

namespace tutti::room {

bool isUnreserved(char letter)
{
  const bool isLetter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  return isLetter || (letter >= '0' && letter <= '9') ||
         std::string_view{"-._~"}.find(letter) != std::string_view::npos;
}

std::string percentEncoded(std::string_view text)
{
  std::string encoded;
  for (const auto letter : text) {
    if (isUnreserved(letter))
      encoded += letter;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return encoded;
}

std::optional<std::string> percentDecoded(std::string_view text)
{
  std::string decoded;
  while (!text.empty()) {
    if (text.front() != '%') {
      decoded += text.front();
      text.remove_prefix(1);
      continue;
    }
    unsigned value = 0;
    if (text.size() < 3) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 3, value, 16);
    if (error != std::errc{} || end != text.data() + 3) return std::nullopt;
    decoded += static_cast<char>(value);
    text.remove_prefix(3);
  }
  return decoded;
}

} // namespace tutti::room
