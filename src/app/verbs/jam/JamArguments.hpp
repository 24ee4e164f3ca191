#pragma once

#include "JamOptions.hpp"

namespace CLI {
class App;
}

namespace tutti::app {

/// Teaches the command line `jam`; `options` outlives the parsing.
CLI::App* addJamVerb(CLI::App& program, JamOptions& options);

/// A channel of the Link session that is ours: `NAME[=mix|player:NAME]`.
/// Errors: `malformed`, with a sentence.
Result<engine::ChannelOffer> parseChannelOffer(std::string_view text);

} // namespace tutti::app
