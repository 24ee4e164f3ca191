#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Any text as part of a link. Spec: RFC 3986 2.1.
namespace tutti::room {

bool isUnreserved(char letter);
std::string percentEncoded(std::string_view text);
std::optional<std::string> percentDecoded(std::string_view text);

} // namespace tutti::room
