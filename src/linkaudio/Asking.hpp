#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <tutti/linkaudio/AudioBuffer.hpp>

#include "Message.hpp"

/// The short messages: asking for a channel, asking no more, and the answer to a ping.
///
/// Spec: link-audio 3.1, 4.4, 5.
namespace tutti::linkaudio {

/// Which channel is meant by a request or a stop. Nothing for a torn payload or one without it.
std::optional<ChannelId> parseAsking(std::span<const std::byte> payload);
Packet encodeRequest(const NodeId& sender, const ChannelId& channel);
Packet encodeStop(const NodeId& sender, const ChannelId& channel);

/// What was sent as a ping. Nothing for a torn payload or one without it.
std::optional<std::int64_t> parsePong(std::span<const std::byte> payload);
Packet encodePong(const NodeId& sender, std::int64_t ping);

} // namespace tutti::linkaudio
