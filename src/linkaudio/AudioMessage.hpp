#pragma once

#include <optional>
#include <span>

#include <tutti/linkaudio/AudioBuffer.hpp>

#include "Message.hpp"

/// Sound of a channel, as one datagram carries it.
///
///     20        28        36   40            40 + 26 N   +1     +5        +6     +8
///     | channel | session | N | N chunk records | codec 1 | rate | channels | bytes | samples
///
///     a chunk record:  | sequence 8 | frames 2 | begin, micro-beats 8 | microseconds per beat 8 |
///
/// Spec: link-audio 6.1, 6.5.
namespace tutti::linkaudio {

/// Nothing where a field is missing, does not fit the others, or is out of range.
std::optional<AudioBuffer> parseAudio(std::span<const std::byte> payload);

/// What `parseAudio` would take; all of it fits into one packet.
Packet encodeAudio(const NodeId& sender, const AudioBuffer& buffer);

} // namespace tutti::linkaudio
