#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tutti {

/// Takes the first character off `text`, which is not empty. Nothing for a byte that begins none: then only
/// this byte is taken.
/// Spec: RFC 3629 3: shortest form only, no surrogates, up to U+10FFFF.
std::optional<char32_t> nextCharacter(std::string_view& text);

std::string utf8(char32_t character);

/// How many characters (code points) a text has; nothing if it is not proper UTF-8: overlong, surrogates,
/// cut, beyond U+10FFFF.
std::optional<std::size_t> charactersOf(std::string_view text);

/// Proper UTF-8 without control characters (line breaks and tabs are such).
bool isPlainText(std::string_view text);

} // namespace tutti
