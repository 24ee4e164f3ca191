#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>

/// Small files that must never be half there.
namespace tutti {

/// The whole file. Errors: `unavailable` where there is none, `refused` where it may not or cannot be read,
/// `malformed` where it is larger than `mostBytes`.
Result<std::string> readWhole(const std::filesystem::path& path, std::size_t mostBytes);

/// Writes beside `path`, makes sure that it has reached the disk, then renames: whoever looks sees the old
/// content or the new one. Readable by the owner only. Makes missing folders; follows a symbolic link.
///
/// Errors: `refused`, with the reason in words; the old content is still there.
Result<void> replaceWhole(const std::filesystem::path& path, std::string_view content);

} // namespace tutti
