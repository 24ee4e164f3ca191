#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutti/linkaudio/AudioBuffer.hpp>

#include "Message.hpp"

namespace tutti::linkaudio {

/// What a peer says of one of its channels. The name is as it was said: perhaps no proper text.
struct OfferedChannel {
  std::string name;
  ChannelId id;

  friend bool operator==(const OfferedChannel&, const OfferedChannel&) = default;
};

/// Who a peer is, in which session, and which channels it has; or some of them, where they are too many.
///
/// Spec: link-audio 3.2, 4.1.
struct Announcement {
  NodeId session;
  std::string peerName;
  std::vector<OfferedChannel> channels;
  std::optional<std::int64_t> ping; ///< To be sent back as it is.

  friend bool operator==(const Announcement&, const Announcement&) = default;
};

/// Nothing for a torn payload or one without a session.
std::optional<Announcement> parseAnnouncement(std::span<const std::byte> payload);

/// As many packets as it takes, at least one; the ping is in the first. Names of at most `kLongestName`.
std::vector<Packet> encodeAnnouncement(const NodeId& sender, const Announcement& announcement);

} // namespace tutti::linkaudio
