#pragma once

#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::module {

/// A program as somebody writes it: `COMMAND ARGUMENT "an argument with blanks"…`. No shell reads it: nothing
/// in it is expanded.
///
/// Errors: `malformed`, with what is missing.
Result<patch::ProcessDescription> programFrom(std::string_view name, std::string_view commandLine);

} // namespace tutti::module
