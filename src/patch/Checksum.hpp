#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// The last line of a patch: it tells whether anything was changed or lost since Tutti saved the file. It
/// protects from accidents, not from people, and who edits by hand need not care: it is only told.
namespace tutti::patch {

/// Spec: CRC-32 as in IEEE 802.3; it notices every change of a single byte.
std::uint32_t checksumOf(std::string_view text);

/// "checksum: 1a2b3c4d" and a line break, for what comes before it.
std::string checksumLine(std::string_view text);

/// The text ends with the line that belongs to it.
bool isAsSaved(std::string_view text);

} // namespace tutti::patch
