#pragma once

#include <string>
#include <vector>

#include <tutti/engine/Settings.hpp>

#include "SettingsSection.hpp"

/// How players were mixed, as text of the settings file.
namespace tutti::engine {

Settings::Mix readMix(const std::vector<Section>& strips);

/// The first `Settings::kMostMixed` of them.
std::string mixText(const Settings::Mix& mix);

} // namespace tutti::engine
