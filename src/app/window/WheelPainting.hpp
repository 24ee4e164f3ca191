#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

#include "BeatGlow.hpp"

#include <tutti/time/Phase.hpp>

namespace tutti::app {

/// How the beat wheel looks, for one frame.
class WheelPainting {
public:
  struct Colours {
    QColor track, played, beat, head, numeral;
  };

  WheelPainting(QPainter& painter, QRectF bounds, time::Beats quantum, Colours colours);

  /// The arcs of all beats.
  void drawTrack();
  /// The beats' numbers, like those of a clock: the downbeat is found without telling colours apart.
  void drawNumerals();
  /// What was played of this quantum, the beat that sounds, and the playhead. Before beat zero: the count-in.
  void drawBeat(time::Beats beat, BeatGlow& glow);

private:
  void drawArc(double fromBeat, double toBeat, const QColor& colour);
  void drawPulse(double intoBeat, bool isDownbeat, BeatGlow& glow);
  void drawHead(double phase, bool isCountIn);
  [[nodiscard]] QPointF at(double beat, double radius) const;

  QPainter& painter_;
  Colours colours_;
  double quantum_;
  QPointF centre_;
  double radius_;
  double width_;
};

} // namespace tutti::app
