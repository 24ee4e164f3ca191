#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutti/engine/Engine.hpp>

namespace tutti::app {

/// One object of `tutti link --json`, without the line's end. A stable interface: scripts build on it
/// (resources/help/command-line.md).
std::string encodeJson(const engine::Snapshot& snapshot, std::string_view event);

/// What happened between two snapshots, in the words of the `event` field; empty when nothing did.
std::vector<std::string_view> eventsBetween(const engine::Snapshot& before, const engine::Snapshot& now);

} // namespace tutti::app
