#pragma once

#include <optional>
#include <span>
#include <vector>

#include <tutti/linkaudio/AudioBuffer.hpp>

#include "Message.hpp"

/// These channels are no more. Spec: link-audio 4.2.
namespace tutti::linkaudio {

/// Nothing for a torn payload.
std::optional<std::vector<ChannelId>> parseByes(std::span<const std::byte> payload);

/// As many packets as it takes; none for none.
std::vector<Packet> encodeByes(const NodeId& sender, std::span<const ChannelId> channels);

} // namespace tutti::linkaudio
