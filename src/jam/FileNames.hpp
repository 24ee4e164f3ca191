#pragma once

#include <string>
#include <string_view>

namespace tutti::jam {

/// A player's name as a file's, without ending: what every file system takes, of any script, never empty, a
/// path or long. Different names may become the same.
std::string fileNameOf(std::string_view name);

/// The same for names that differ in small and capital letters only (of ASCII), as some file systems have it.
std::string foldedName(std::string_view name);

} // namespace tutti::jam
