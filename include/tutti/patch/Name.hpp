#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What people call modules, groups and sessions.
namespace tutti::patch {

inline constexpr std::size_t kLongestName = 200; // bytes

/// Valid UTF-8 without control characters, and not longer than a name may be.
bool isName(std::string_view text);

/// What is left of it as a name.
std::string nameFrom(std::string_view text);

} // namespace tutti::patch
