#pragma once

#include <string>

#include <tutti/linkaudio/Channel.hpp>

namespace tutti::linkaudio {

/// Channels by their names, which outlive their ids; `*` is any.
struct ChannelPattern {
  std::string peer;
  std::string channel;

  [[nodiscard]] bool fits(const Channel& one) const
  {
    return (peer == "*" || peer == one.peerName) && (channel == "*" || channel == one.name);
  }

  friend auto operator<=>(const ChannelPattern&, const ChannelPattern&) = default;
};

} // namespace tutti::linkaudio
