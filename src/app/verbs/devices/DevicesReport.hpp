#pragma once

#include <string>
#include <vector>

#include <tutti/audio/DeviceList.hpp>
#include <tutti/jam/JamSnapshot.hpp>

namespace tutti::app {

/// For people: grouped by who brings the sound; a sentence first if nobody does.
std::string describe(const std::vector<audio::DeviceDescription>& devices);

/// For scripts: one object a line. A stable interface (resources/help/command-line.md).
std::string encodeJsonLines(const std::vector<audio::DeviceDescription>& devices);

/// What a cable has told of a device, in both ways.
std::string describe(const jam::CableSnapshot& cable);
std::string encodeJsonLine(const jam::CableSnapshot& cable);

} // namespace tutti::app
