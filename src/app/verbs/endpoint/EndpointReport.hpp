#pragma once

#include <string>

#include <tutti/engine/Endpoints.hpp>

/// What `tutti endpoint` says, a line each; `resources/help/command-line.md` documents it for its users.
namespace tutti::app {

std::string endpointReadyJson(HostTime at, const std::string& name, const engine::EndpointSnapshot& snapshot);
std::string endpointEventJson(const engine::EndpointEvent& event);
std::string endpointSecondJson(HostTime at, const engine::EndpointSnapshot& snapshot);

std::string endpointReadyText(const std::string& name, const engine::EndpointSnapshot& snapshot);
/// A sentence; empty where there is nothing to say.
std::string endpointEventText(const engine::EndpointEvent& event);
/// All streams on one line.
std::string endpointSecondText(const engine::EndpointSnapshot& snapshot);

} // namespace tutti::app
