#pragma once

#include <string_view>

#include <tutti/core/Result.hpp>

#include "LinkOptions.hpp"

namespace CLI {
class App;
}

/// The flags of `tutti link`, from text to values.
///
/// Errors: `malformed`, with a line that says what would have been right.
namespace tutti::app {

/// Adds the verb with its flags; parsing fills `options`, which must live that long.
CLI::App* addLinkVerb(CLI::App& program, LinkOptions& options);

/// "128" or "97.25", 20 to 999.
Result<time::Tempo> parseTempo(std::string_view text);
/// "4", 1 to 64.
Result<time::Beats> parseQuantum(std::string_view text);
/// "SECONDS:BPM".
Result<TempoChange> parseTempoChange(std::string_view text);

} // namespace tutti::app
