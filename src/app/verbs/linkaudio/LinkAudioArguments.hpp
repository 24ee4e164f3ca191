#pragma once

#include <string_view>

#include "LinkAudioOptions.hpp"

namespace CLI {
class App;
}

namespace tutti::app {

/// Teaches the command line `linkaudio`; `options` outlives the parsing.
CLI::App* addLinkAudioVerb(CLI::App& program, LinkAudioOptions& options);

/// "Drums", or with what sounds in it: "Drums=tone:440", "Click=clicks".
/// Errors:  `malformed`, with a sentence.
Result<PublishedChannel> parsePublished(std::string_view text);

/// "Ana/Drums", "Ana/*", "*/Drums".
Result<linkaudio::ChannelPattern> parseChannelPattern(std::string_view text);

/// "live", "beats", "beats=4".
Result<linkaudio::Placement> parsePlacement(std::string_view text);

} // namespace tutti::app
