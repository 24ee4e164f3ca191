#pragma once

#include <string>

#include <tutti/linkaudio/AudioBuffer.hpp>

namespace tutti::linkaudio {

/// A channel that another peer of the session publishes. Names are proper text, of at most 256 bytes; they
/// are labels: two channels may have the same, or none.
struct Channel {
  ChannelId id;
  std::string name;
  NodeId peer;
  std::string peerName;

  friend bool operator==(const Channel&, const Channel&) = default;
};

} // namespace tutti::linkaudio
