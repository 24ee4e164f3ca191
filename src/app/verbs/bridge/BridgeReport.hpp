#pragma once

#include <string>

#include <tutti/bridge/Snapshot.hpp>
#include <tutti/linkaudio/SiteChannels.hpp>

/// What `tutti bridge` says, a line each; `resources/help/command-line.md` documents it for its users.
namespace tutti::app {

std::string bridgeJoinedJson(HostTime at, const std::string& room, const std::string& name);
/// All sites.
std::string bridgeJson(HostTime at, const bridge::Snapshot& snapshot);
/// All channels that travel.
std::string bridgeChannelsJson(HostTime at, const linkaudio::SiteChannelsSnapshot& channels);

/// All sites on one line.
std::string bridgeText(const bridge::Snapshot& snapshot);
/// What there is to know of them beside that; empty where none travels.
std::string bridgeChannelsText(const linkaudio::SiteChannelsSnapshot& channels);

} // namespace tutti::app
