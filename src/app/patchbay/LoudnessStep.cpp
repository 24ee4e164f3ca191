#include "patchbay/LoudnessStep.hpp"

#include <algorithm>

namespace tutti::app {

bool LoudnessStep::hear(double peak)
{
  constexpr int kPatience = 45; // ticks: 1.5 s softer before it looks so
  const auto louder = std::upper_bound(kFrom.begin(), kFrom.end(), peak);
  const auto now = std::max(0, static_cast<int>(louder - kFrom.begin()) - 1);
  if (now == step_) return softer_ = 0, false;
  if (now < step_ && ++softer_ < kPatience) return false;
  step_ = now;
  softer_ = 0;
  return true;
}

} // namespace tutti::app
