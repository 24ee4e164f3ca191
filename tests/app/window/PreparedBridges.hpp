#pragma once

#include <string_view>

#include <tutti/engine/Jam.hpp>

/// Moments of a bridge as the engine would tell them: the window is shown and tested with these.
namespace tutti::prepared {

/// By the name that tests and screenshots know: "off", "one-site", "good", "poor", "relay", "out-of-reach".
engine::BridgeStatus bridgeNamed(std::string_view name, HostTime at);

} // namespace tutti::prepared
