#pragma once

#include <QColor>
#include <QImage>

namespace tutti::app {

/// The glow that a beat strikes inside the wheel, at full strength: drawn once, then only faded. Its gradient
/// would cost more than all the rest of the wheel, sixty times a second.
class BeatGlow {
public:
  /// This large on the screen, in this colour; drawn anew only when that changes.
  const QImage& image(double diameter, const QColor& colour, double pixelRatio);

private:
  QImage image_;
  QColor colour_;
};

} // namespace tutti::app
