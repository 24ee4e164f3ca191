#pragma once

#include <string>
#include <string_view>

/// Texts of strangers, made fit for a name or for a sentence to a musician.
namespace tutti::patch {

inline constexpr std::size_t kLongestName = 200; // bytes

/// Valid UTF-8 without control characters, and not longer than a name may be.
bool isName(std::string_view text);

/// What is left of it as a name.
std::string nameFrom(std::string_view text);

/// In quotes, and no more of it than is needed to be recognised.
std::string excerpt(std::string_view text);

} // namespace tutti::patch
