#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <tutti/room/DirectoryWire.hpp>

namespace tutti::serve {

/// Which of the living forwarders is to carry a room, by what its members have measured: that with the
/// lowest round trip, on average. Another one takes over only where it is clearly nearer, so that a room does
/// not go to and fro; or where the present one is not there any more.
///
/// A member who has not measured a forwarder, but another one, is as far from it as can be. `living` is not
/// empty.
std::uint64_t chooseForwarder(std::span<const std::uint64_t> living, std::uint64_t present,
                              std::span<const std::vector<room::wire::RoundTrip>> members);

} // namespace tutti::serve
