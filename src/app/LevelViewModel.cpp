#include "LevelViewModel.hpp"

#include <algorithm>

#include "window/DecibelScale.hpp"

namespace tutti::app {

void LevelViewModel::show(const audio::Level& level)
{
  const auto peak =
    DecibelScale::tidy(level.peak.value()); // a tenth nobody sees would keep the window drawing
  const auto rms = DecibelScale::tidy(level.rms.value());
  const bool hasMoved = peak != peak_ || rms != rms_;
  const bool isNews = peak > highest_ || level.hasClipped != hasClipped_;
  peak_ = peak;
  rms_ = rms;
  highest_ = std::max(highest_, peak);
  hasClipped_ = level.hasClipped;
  if (hasMoved) emit levelChanged();
  if (isNews) emit highestChanged();
}

QString LevelViewModel::highestText() const
{
  return hasClipped_ ? tr("Clip") : DecibelScale::text(highest_);
}

void LevelViewModel::clear()
{
  hasClipped_ = false;
  highest_ = peak_;
  emit highestChanged();
  emit cleared();
}

} // namespace tutti::app
