#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tutti {

/// How many characters (code points) a text has; nothing if it is not proper UTF-8: overlong, surrogates,
/// cut, beyond U+10FFFF.
std::optional<std::size_t> charactersOf(std::string_view text);

/// Proper UTF-8 without control characters (line breaks and tabs are such).
bool isPlainText(std::string_view text);

} // namespace tutti
