#pragma once

#include <string_view>

#include "EndpointOptions.hpp"

namespace CLI {
class App;
}

namespace tutti::app {

/// Teaches the command line `endpoint`; `options` outlives the parsing.
CLI::App* addEndpointVerb(CLI::App& program, EndpointOptions& options);

/// "Drums", "Drums/4" or "Drums/4/i24": name, channels, sample type.
/// Errors:  `malformed` or `unsupported`, with a sentence.
Result<endpoint::StreamOffer> parseStream(std::string_view text);

/// A stream, and "=" with what sounds in it: "Voice/1=tone:440".
Result<OfferedStream> parseOfferedStream(std::string_view text);

/// "Stage", or "192.168.1.20:4711".
Result<endpoint::CallList::Wanted> parseServer(std::string_view text);

} // namespace tutti::app
