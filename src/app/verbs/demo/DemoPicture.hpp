#pragma once

#include <string>
#include <vector>

#include <tutti/jam/JamSnapshot.hpp>

namespace tutti::app {

/// One musician's ear, and whom it hears.
struct DemoEar {
  std::string listener;
  jam::PlayerSnapshot heard;
};

/// Where the delay of each pair comes from, as stacked bars: an SVG of its own.
std::string demoPicture(const std::vector<DemoEar>& ears);

} // namespace tutti::app
