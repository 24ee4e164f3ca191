#pragma once

#include <string>
#include <string_view>

/// Names of peers and channels: labels, not keys. Spec: link-audio 8.
namespace tutti::linkaudio {

/// In bytes.
inline constexpr std::size_t kLongestName = 256;

/// As it may be sent: cut where a character ends.
std::string cutName(std::string_view name);

/// As it may be shown: what is no proper text, or would move a terminal's cursor, is replaced; cut as above.
std::string readableName(std::string_view name);

} // namespace tutti::linkaudio
