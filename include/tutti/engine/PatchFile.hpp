#pragma once

#include <filesystem>

#include <tutti/core/Result.hpp>
#include <tutti/patch/Snapshot.hpp>

/// Patches as files.
namespace tutti::engine {

/// Errors: `unavailable` where there is none, `refused` where it cannot be read, `malformed` where it holds
/// no patch; in a sentence that names the file and, for the last, line and column.
Result<std::string> readPatchText(const std::filesystem::path& path);
Result<patch::SnapshotReading> readPatch(const std::filesystem::path& path);

/// Whole or not at all. Errors: `refused`, with the reason; what was there is there still.
Result<void> writePatch(const std::filesystem::path& path, const patch::Snapshot& snapshot);

} // namespace tutti::engine
