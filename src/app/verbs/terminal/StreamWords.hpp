#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>

/// Audio streams of the LAN, as the command line has them.
///
/// Errors:  `malformed`, with a sentence.
namespace tutti::app {

/// Of a server, a client or a stream.
Result<std::string> parseStreamName(std::string_view text);

/// How many channels one stream has.
Result<std::size_t> parseChannels(std::string_view text);

} // namespace tutti::app
