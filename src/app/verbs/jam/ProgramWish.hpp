#pragma once

#include <string_view>

#include <tutti/core/Result.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::app {

/// A program as somebody writes it on a command line: `NAME=COMMAND ARGUMENT "an argument with blanks"…`.
/// No shell reads it: nothing in it is expanded.
///
/// Errors: `malformed`, with what is missing.
Result<patch::ProcessDescription> parseProgram(std::string_view text);

} // namespace tutti::app
