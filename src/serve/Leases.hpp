#pragma once

#include <chrono>

namespace tutti::serve {

constexpr std::chrono::seconds kLease{15};         ///< of a member that is not heard; design 6
constexpr std::chrono::seconds kForwarderLease{6}; ///< of a forwarder: music waits for it
constexpr std::chrono::seconds kRoomLease{8 * 3600};
constexpr std::chrono::seconds kUnusedRoomLease{600}; ///< of a room in which nobody has ever been
/// How long we know who has gone, so that a word that was under way does not bring them back.
constexpr auto kRememberGone = 2 * kLease;

} // namespace tutti::serve
