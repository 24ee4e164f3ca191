#pragma once

#include <string>
#include <string_view>

namespace tutti::audio {

/// A name that every sound server takes: ASCII letters, digits, `-`, `.`, space and `_` for all else; never
/// empty, never long. One letter of another script becomes one `_`.
inline std::string portName(std::string_view wanted)
{
  constexpr std::size_t kLongest = 48;
  std::string name;
  for (const char letter : wanted) {
    const auto byte = static_cast<unsigned char>(letter);
    if ((byte & 0xC0U) == 0x80U) continue; // the rest of a UTF-8 letter
    const bool isPlain =
      (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
    name += isPlain || byte == '-' || byte == '.' || byte == ' ' ? letter : '_';
    if (name.size() == kLongest) break;
  }
  return name.empty() ? "_" : name;
}

} // namespace tutti::audio
