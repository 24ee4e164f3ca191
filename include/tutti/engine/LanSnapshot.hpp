#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutti/endpoint/ControlMessage.hpp>
#include <tutti/jam/StripId.hpp>

namespace tutti::engine {

/// A stream of ours that everybody in the LAN may hear: a module of the patch, and what is connected to it is
/// what is heard.
struct LanOffer {
  std::string name; ///< 1 to 64 letters; no two of ours have the same.
  std::size_t channels = 2;
  /// What it hears to begin with; nothing: whatever a hand connects, or a file.
  std::optional<jam::StripId> hears{};

  friend bool operator==(const LanOffer&, const LanOffer&) = default;
};

/// A server of streams: near, or wanted.
struct LanServerSnapshot {
  std::string name;
  bool isNear = false;                           ///< It was heard in the last two seconds.
  bool isWanted = false;                         ///< All its streams are to be modules of the patch.
  bool isConnected = false;                      ///< They are.
  std::vector<endpoint::StreamOffer> fromServer; ///< While there is a connection.
  std::vector<endpoint::StreamOffer> toServer;
  std::string problem; ///< Why it is wanted and not connected; in a few words.
};

/// Audio streams of the LAN, as a jam has them.
struct LanSnapshot {
  std::vector<LanServerSnapshot> servers; ///< By name.
  std::vector<LanOffer> offers;
  std::vector<std::string> listeners; ///< Who uses ours.
  std::string problem;                ///< Of all of it; in a sentence for a musician.
};

} // namespace tutti::engine
