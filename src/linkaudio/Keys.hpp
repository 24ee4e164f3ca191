#pragma once

#include <chrono>

#include <tutti/discovery/Entries.hpp>

/// The entries of Link Audio. Spec: link-audio 1, 3.2.
namespace tutti::linkaudio {

inline constexpr auto kSessionKey = discovery::entryKey("sess");
inline constexpr auto kPeerKey = discovery::entryKey("__pi");
inline constexpr auto kChannelsKey = discovery::entryKey("auca");
inline constexpr auto kByesKey = discovery::entryKey("aucb");
inline constexpr auto kChannelKey = discovery::entryKey("chid");
inline constexpr auto kPingKey = discovery::entryKey("__ht");

/// What a payload may have, so that nobody's buffer is too short: 1200 - 24, though the header has 20.
inline constexpr std::size_t kMostPayload = 1176;

/// Of announcements, byes, pongs and requests.
inline constexpr std::chrono::seconds kTtl{5};

} // namespace tutti::linkaudio
