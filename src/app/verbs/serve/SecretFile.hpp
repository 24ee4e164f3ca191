#pragma once

#include <string>

#include <tutti/core/Result.hpp>

/// Secrets of `tutti serve`, which are no arguments: those are visible to other users of the machine.
///
/// Spec: room R-12.
namespace tutti::app {

constexpr std::size_t kLongestSecret = 1024;

/// The first line of a file; without a file what the environment says, which may be nothing.
/// Errors: a sentence.
Result<std::string> secretFrom(const std::string& file, const char* variable);

} // namespace tutti::app
