#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tutti::bench {

/// One curve as a picture in `build/plots/NAME.svg`, axes from zero. Says on stderr where it is.
void plot(const std::string& name, const std::string& title, const std::string& across, const std::string& up,
          const std::vector<std::pair<double, double>>& points);

} // namespace tutti::bench
