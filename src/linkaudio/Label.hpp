#pragma once

#include <string>
#include <string_view>

#include <tutti/core/Utf8.hpp>

namespace tutti::linkaudio {

/// What a stranger calls something, fit to be said and shown: at most so many bytes, cut between characters,
/// nothing in it that is no text.
inline std::string labelOf(std::string_view text, std::size_t mostBytes)
{
  std::string label;
  while (!text.empty()) {
    const auto character = nextCharacter(text);
    const bool isText = character && *character >= 0x20 && (*character < 0x7f || *character > 0x9f);
    const auto bytes = isText ? utf8(*character) : utf8(U'\uFFFD');
    if (label.size() + bytes.size() > mostBytes) break;
    label += bytes;
  }
  return label;
}

} // namespace tutti::linkaudio
