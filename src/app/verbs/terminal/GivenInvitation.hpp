#pragma once

#include <string>

#include <tutti/core/Result.hpp>

#include "LineReader.hpp"

namespace tutti::app {

/// The invitation that a verb was given: as an argument (`invite`), where "-" is the next line of `input`, or
/// in a file, which counts for more.
/// `wait` as of `LineReader::waitForNext`.
/// Errors: `unavailable` where the file cannot be read; `malformed` where there is none. A sentence each.
Result<std::string> givenInvitation(const std::string& invite, const std::string& file, LineReader& input,
                                    const LineReader::Wait& wait = {});

} // namespace tutti::app
