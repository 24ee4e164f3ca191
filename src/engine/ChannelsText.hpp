#pragma once

#include <string>

#include <tutti/engine/ChannelsSnapshot.hpp>

#include "SettingsSection.hpp"

/// What is remembered of the channels of a Link session, as the settings file has it.
namespace tutti::engine {

ChannelsWish readChannels(const Section& section);
/// Empty where there is nothing to remember.
std::string channelsText(const ChannelsWish& channels);

} // namespace tutti::engine
