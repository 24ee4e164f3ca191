#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <tutti/core/Endpoint.hpp>
#include <tutti/time/HostClock.hpp>

/// What a module asks the system for before and while it speaks over a network.
namespace tutti::module {

/// A name or an address. Waits for the name service.
std::optional<Endpoint> resolve(const std::string& host, std::uint16_t port);

/// Until something lies ready, at most so long.
void waitReadable(int descriptor, Micros most);

} // namespace tutti::module
