#include "WheelPainting.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tutti::app {

namespace {

constexpr double kWidthShare = 0.040; // of the wheel's side
constexpr double kHeadShare = 0.058;
constexpr double kNumeralSize = 1.05; // of the ring's width
constexpr double kNumeralDepth = 2.0; // the same, inwards from the ring's middle
constexpr double kDegrees = 16;       // QPainter counts in sixteenths
constexpr double kWidestGap = 0.16;   // of a beat

} // namespace

WheelPainting::WheelPainting(QPainter& painter, QRectF bounds, time::Beats quantum, Colours colours)
  : painter_{painter}
  , colours_{std::move(colours)}
  , quantum_{std::max(1.0, quantum.toDouble())}
  , centre_{bounds.center()}
{
  const auto side = std::min(bounds.width(), bounds.height());
  width_ = side * kWidthShare;
  radius_ = side / 2 - side * kHeadShare;
  painter_.setRenderHint(QPainter::Antialiasing);
}

void WheelPainting::drawTrack()
{
  for (double beat = 0; beat < quantum_; ++beat) drawArc(beat, std::min(beat + 1, quantum_), colours_.track);
}

void WheelPainting::drawNumerals()
{
  auto font = painter_.font();
  font.setPixelSize(std::max(9, static_cast<int>(width_ * kNumeralSize)));
  const auto beats = static_cast<int>(std::ceil(quantum_));
  const int step = beats <= 16 ? 1 : 4;
  for (int beat = 0; beat < beats; beat += step) {
    font.setBold(beat == 0);
    painter_.setFont(font);
    painter_.setPen(beat == 0 ? colours_.head : colours_.numeral);
    const auto middle = at(beat, radius_ - width_ * kNumeralDepth);
    const QRectF box{middle - QPointF{width_ * 2, width_ * 2}, QSizeF{width_ * 4, width_ * 4}};
    painter_.drawText(box, Qt::AlignCenter, QString::number(beat + 1));
  }
}

void WheelPainting::drawBeat(time::Beats beat, BeatGlow& glow)
{
  const bool isCountIn = beat < time::Beats{};
  const auto phase = time::phase(beat, time::Beats::fromDouble(quantum_)).toDouble();
  const auto sounding = std::floor(phase);
  drawPulse(phase - sounding, sounding < 1 && !isCountIn, glow);
  if (!isCountIn) {
    for (double done = 0; done < sounding; ++done) drawArc(done, done + 1, colours_.played);
    drawArc(sounding, phase, colours_.beat);
  }
  drawHead(phase, isCountIn);
}

void WheelPainting::drawArc(double fromBeat, double toBeat, const QColor& colour)
{
  if (toBeat <= fromBeat) return;
  const auto perBeat = 360.0 / quantum_;
  const auto degreesWide = width_ / radius_ * 180 / std::numbers::pi;
  const bool isRound = perBeat > degreesWide * 2.5;
  // Round caps reach half a width beyond their arc: the gap has to make room for them.
  const auto gap = isRound ? degreesWide * 1.45 : perBeat * kWidestGap;
  const auto start = 90 - fromBeat * perBeat - gap / 2;
  const auto whole = std::min(1.0, quantum_ - fromBeat);
  const auto span = std::max(0.0, perBeat * whole - gap) * (toBeat - fromBeat) / whole;
  painter_.setPen(QPen{colour, width_, Qt::SolidLine, isRound ? Qt::RoundCap : Qt::FlatCap});
  const QRectF circle{centre_.x() - radius_, centre_.y() - radius_, radius_ * 2, radius_ * 2};
  painter_.drawArc(circle, static_cast<int>(std::lround(start * kDegrees)),
                   -static_cast<int>(std::lround(std::max(span, 0.1) * kDegrees)));
}

/// Each beat strikes a glow and lets it fade: felt in the corner of the eye.
void WheelPainting::drawPulse(double intoBeat, bool isDownbeat, BeatGlow& glow)
{
  constexpr double kFaintest = 0.004; // one step of 255: nobody sees less
  const auto strength = (isDownbeat ? 0.30 : 0.16) * std::pow(1 - intoBeat, 2.0);
  if (strength < kFaintest) return;
  const auto reach = radius_ - width_ * 0.9;
  const auto& image = glow.image(reach * 2, colours_.beat, painter_.device()->devicePixelRatioF());
  painter_.setOpacity(strength);
  painter_.drawImage(QRectF{centre_.x() - reach, centre_.y() - reach, reach * 2, reach * 2}, image);
  painter_.setOpacity(1);
}

void WheelPainting::drawHead(double phase, bool isCountIn)
{
  const auto centre = at(phase, radius_);
  const auto size = width_ * 0.86;
  painter_.setPen(QPen{isCountIn ? colours_.beat : colours_.head, width_ * 0.24});
  painter_.setBrush(isCountIn ? QBrush{Qt::NoBrush} : QBrush{colours_.beat});
  painter_.drawEllipse(centre, size, size);
}

QPointF WheelPainting::at(double beat, double radius) const
{
  const auto angle = 2 * std::numbers::pi * beat / quantum_;
  return centre_ + QPointF{std::sin(angle) * radius, -std::cos(angle) * radius};
}

} // namespace tutti::app
