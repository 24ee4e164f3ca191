#pragma once

#include <filesystem>

namespace tutti::engine {

/// Where a user's files of one kind are, by the XDG base directory specification: what the environment says
/// under `variable`, else `usual` in the home folder.
std::filesystem::path homeFolder(const char* variable, const char* usual);

} // namespace tutti::engine
