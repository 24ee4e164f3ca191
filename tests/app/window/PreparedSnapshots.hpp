#pragma once

#include <string_view>
#include <vector>

#include <tutti/engine/Engine.hpp>

/// Moments of a session as the engine would tell them: the window is shown and tested with these.
namespace tutti::prepared {

engine::Snapshot alone(HostTime at);
engine::Snapshot linkOff(HostTime at);
/// Three peers: IPv4, IPv6, and both; a quarter of an hour of sync history.
engine::Snapshot threePeers(HostTime at);
/// The same, playing, at this beat. Negative: counting in.
engine::Snapshot playing(HostTime at, double beat);
/// Port 20808 is taken on one network.
engine::Snapshot portTaken(HostTime at);
/// As many peers as asked for, one of them in another session.
engine::Snapshot crowd(HostTime at, std::size_t peers);

/// By the name that tests and screenshots know: "alone", "link-off", "three-peers", …
engine::Snapshot named(std::string_view name, HostTime at);

} // namespace tutti::prepared
