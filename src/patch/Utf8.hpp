#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tutti::patch {

/// Takes the first character off `text`, which is not empty. Nothing for a byte that begins none: then only
/// this byte is taken.
/// Spec: RFC 3629 section 3: shortest form only, no surrogates, up to U+10FFFF.
std::optional<char32_t> nextCharacter(std::string_view& text);

std::string utf8(char32_t character);

} // namespace tutti::patch
