#pragma once

#include <memory>
#include <string>

#include <tutti/core/Result.hpp>
#include <tutti/module/Passage.hpp>

namespace tutti::module {

/// To a Tutti on this machine: words by a socket that is a file, sound through memory. An empty path: to the
/// one of this user, where there is but one.
Result<std::unique_ptr<Passage>> openLocalPassage(const std::string& path);

} // namespace tutti::module
