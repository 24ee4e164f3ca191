#pragma once

#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>

#include "BridgeOptions.hpp"

namespace CLI {
class App;
}

namespace tutti::app {

/// Teaches the command line `bridge`; `options` outlives the parsing.
CLI::App* addBridgeVerb(CLI::App& program, BridgeOptions& options);

/// What a site grants and gives to the others: of `bridge`, and of a jam that bridges.
void addSiteFlags(CLI::App& verb, bridge::Rights& rights, std::vector<linkaudio::ChannelPattern>& carried);

/// "follow", or "tempo", "startstop" or both with a comma between.
/// Errors: `malformed`, with a line that says what would have been right.
Result<bridge::Rights> parseRights(std::string_view text);

} // namespace tutti::app
