#pragma once

#include <string_view>

#include <tutti/jam/JamSnapshot.hpp>

/// Moments of a jam as the engine would tell them: the window is shown and tested with these.
namespace tutti::prepared {

/// Not in a room: two near, one of them with a password; two joined before.
jam::JamSnapshot lobby(HostTime at);
/// In a room with so many others.
jam::JamSnapshot room(HostTime at, std::size_t players);

/// By the name that tests and screenshots know: "lobby", "mixer-1", "mixer-4", "solo", "mixer-12",
/// "room-host", …
jam::JamSnapshot jamNamed(std::string_view name, HostTime at);

} // namespace tutti::prepared
