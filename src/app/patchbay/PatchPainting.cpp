#include "patchbay/PatchPainting.hpp"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "patchbay/PatchWording.hpp"

namespace tutti::app {

namespace {

struct CanvasWords {
  Q_DECLARE_TR_FUNCTIONS(CanvasWords)
};

constexpr double kRadius = 8;   // of a card's corners
constexpr double kInset = 14;   // of its words
constexpr double kPortRing = 5; // radius
constexpr double kHead = 48;    // as in patch::CardSize
constexpr double kRow = 24;

} // namespace

QFont PatchPainting::letters(double size, QFont::Weight weight) const
{
  auto font = ink_.font;
  font.setPixelSize(static_cast<int>(size));
  font.setWeight(weight);
  font.setHintingPreference(QFont::PreferNoHinting); // or words would change their width with the zoom
  return font;
}

/// A grid of dots: a hold for the eye while everything moves.
void PatchPainting::ground(QPainter& painter, const QRectF& area, double zoom) const
{
  constexpr double kStep = 24;
  painter.fillRect(area, ink_.background);
  if (zoom < PatchPainting::kSmallest) return;
  std::array<QPointF, 512> dots;
  std::size_t count = 0;
  for (double y = std::ceil(area.top() / kStep) * kStep; y <= area.bottom(); y += kStep)
    for (double x = std::ceil(area.left() / kStep) * kStep; x <= area.right() && count < dots.size();
         x += kStep)
      dots[count++] = {x, y};
  const double side = 1.5;
  for (std::size_t i = 0; i < count; ++i)
    painter.fillRect(QRectF{dots[i].x() - side / 2, dots[i].y() - side / 2, side, side}, ink_.grid);
}

void PatchPainting::group(QPainter& painter, const PatchScene::Group& group) const
{
  const auto hue = group.colour ? ink_.hue(group.colour) : ink_.outline;
  auto fill = hue;
  fill.setAlphaF(0.10F);
  painter.setPen(QPen{hue, 1});
  painter.setBrush(fill);
  painter.drawRoundedRect(group.frame.adjusted(0.5, 0.5, -0.5, -0.5), kRadius + 2, kRadius + 2);
  const auto font = letters(13, QFont::DemiBold);
  const auto room = group.label.adjusted(PatchScene::kFramePadding, 2, -PatchScene::kFramePadding, 0);
  painter.setFont(font);
  painter.setPen(ink_.text);
  painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetricsF{font}.elidedText(group.name, Qt::ElideRight, room.width()));
}

QPen PatchPainting::penOf(const PatchScene::Cable& cable, const LoudnessStep& loudness) const
{
  const bool isSilent = loudness.step() == 0;
  const auto colour = cable.isGhost || isSilent ? ink_.outline : ink_.ofLevel(loudness.decibels());
  QPen pen{colour, cable.isGhost ? 1.4 : loudness.width()};
  pen.setCapStyle(Qt::FlatCap);
  if (cable.isGhost) pen.setDashPattern({4, 4});
  return pen;
}

void PatchPainting::cableOver(QPainter& painter, const PatchScene::Cable& cable, const LoudnessStep& loudness,
                              const PatchScene::Card& card) const
{
  auto pen = penOf(cable, loudness);
  auto colour = pen.color();
  colour.setAlphaF(0.4F);
  pen.setColor(colour);
  painter.save();
  painter.setClipRect(card.box, Qt::IntersectClip);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(pen);
  painter.drawPath(cable.curve().path());
  painter.restore();
}

void PatchPainting::cable(QPainter& painter, const PatchScene::Cable& cable, const LoudnessStep& loudness,
                          double zoom) const
{
  const auto curve = cable.curve();
  painter.setBrush(Qt::NoBrush);
  painter.setPen(penOf(cable, loudness));
  painter.drawPath(curve.path());
  if (zoom < kSmallest) return;
  if (!cable.isGhost) painter.fillRect(barOf(cable).adjusted(-1, -1, 1, 1), ink_.background);
  if (!cable.isGhost) painter.fillRect(barOf(cable), ink_.track);
  const auto below = curve.middle() + QPointF{0, 14};
  if (cable.isDelayed)
    badge(painter, below, CanvasWords::tr("1 block later", "beside a cable"), ink_.accent);
  else if (cable.gain != 0)
    badge(painter, below, wording::gain(cable.gain), ink_.line);
}

void PatchPainting::badge(QPainter& painter, QPointF centre, const QString& text, const QColor& frame) const
{
  const auto font = letters(11, QFont::DemiBold);
  const auto width = QFontMetricsF{font}.horizontalAdvance(text) + 12;
  const QRectF box{centre.x() - width / 2, centre.y() - 8, width, 16};
  painter.setPen(QPen{frame, 1});
  painter.setBrush(ink_.card);
  painter.drawRoundedRect(box, 8, 8);
  painter.setPen(ink_.text);
  painter.setFont(font);
  painter.drawText(box, Qt::AlignCenter, text);
}

QImage PatchPainting::card(const PatchScene::Card& card, double scale, double zoom) const
{
  const auto area = card.box.adjusted(-kCardMargin, -kCardMargin, kCardMargin, kCardMargin);
  QImage picture{(area.size() * scale).toSize() + QSize{1, 1}, QImage::Format_ARGB32_Premultiplied};
  picture.fill(Qt::transparent);
  QPainter painter{&picture};
  painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
  painter.scale(scale, scale);
  painter.translate(-area.topLeft());
  QPen edge{card.isMissing ? ink_.outline : ink_.line, card.isMissing ? 1.2 : 1};
  if (card.isMissing) edge.setDashPattern({5, 4});
  painter.setPen(edge);
  painter.setBrush(card.isMissing ? ink_.background : ink_.card);
  const auto box = card.box.adjusted(0.5, 0.5, -0.5, -0.5);
  painter.drawRoundedRect(box, kRadius, kRadius);
  if (const auto hue = ink_.hue(card.colour); hue.alpha() > 0) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(hue);
    painter.drawRoundedRect(QRectF{box.left() + 5, box.top() + 7, 3, kHead - 16}, 1.5, 1.5);
  }
  words(painter, card, zoom);
  ports(painter, card, zoom);
  return picture;
}

void PatchPainting::words(QPainter& painter, const PatchScene::Card& card, double zoom) const
{
  const auto line = [&](const QRectF& room, const QFont& font, const QColor& colour, const QString& text) {
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF{font}.elidedText(text, Qt::ElideRight, room.width()));
  };
  line(nameOf(card, zoom), letters(nameSize(zoom), QFont::DemiBold), card.isMissing ? ink_.muted : ink_.text,
       card.name);
  if (zoom < kSmallest) return;
  const QRectF below{card.box.left() + kInset, card.box.top() + 24, card.box.width() - 2 * kInset, 16};
  if (card.isMissing)
    line(below, letters(11), ink_.muted, card.why.isEmpty() ? card.kind : card.why);
  else if (!card.strip)
    line(below, letters(11), ink_.muted, card.kind);
  if (!card.isMissing) painter.fillRect(barOf(card), ink_.track);
}

/// Mono is a dot, stereo a ring.
void PatchPainting::ports(QPainter& painter, const PatchScene::Card& card, double zoom) const
{
  const auto font = letters(11);
  for (const bool areOutputs : {false, true})
    for (const auto& port : card.ports(areOutputs)) {
      painter.setPen(QPen{card.isMissing ? ink_.outline : ink_.text, 1.5});
      painter.setBrush(port.channels == 1 ? QBrush{ink_.text} : QBrush{ink_.background});
      painter.drawEllipse(port.centre, kPortRing, kPortRing);
      if (zoom < kSmallest) continue;
      const QRectF room{areOutputs ? port.centre.x() - 84 : port.centre.x() + kInset,
                        port.centre.y() - kRow / 2, 70, kRow};
      const int side =
        static_cast<int>(Qt::AlignVCenter) | static_cast<int>(areOutputs ? Qt::AlignRight : Qt::AlignLeft);
      painter.setFont(font);
      painter.setPen(ink_.muted);
      painter.drawText(room, side, QFontMetricsF{font}.elidedText(port.name, Qt::ElideRight, room.width()));
    }
}

QRectF PatchPainting::barOf(const PatchScene::Cable& cable)
{
  constexpr double kWidth = 32;
  constexpr double kHeight = 4;
  const auto middle = cable.curve().middle();
  return {std::round(middle.x() - kWidth / 2), std::round(middle.y() - kHeight / 2), kWidth, kHeight};
}

QRectF PatchPainting::barOf(const PatchScene::Card& card)
{
  return {card.box.left() + kInset, card.box.top() + 42, card.box.width() - 2 * kInset, 3};
}

double PatchPainting::nameSize(double zoom)
{
  constexpr double kReadable = 10; // pixels of the view
  constexpr double kUsual = 13;
  constexpr double kMost = 19;      // above the line that says what it is
  constexpr double kMostAlone = 34; // where the head is the name's
  return std::clamp(kReadable / zoom, kUsual, zoom < kSmallest ? kMostAlone : kMost);
}

QRectF PatchPainting::nameOf(const PatchScene::Card& card, double zoom)
{
  const double size = nameSize(zoom);
  const double height = 1.4 * size; // of a line, in whatever font
  const double middle = zoom < kSmallest ? kHead / 2 : 15 - (size - 13) / 3;
  return {card.box.left() + kInset, card.box.top() + middle - height / 2, card.box.width() - 2 * kInset,
          height};
}

QRectF PatchPainting::muteOf(const PatchScene::Card& card)
{
  return {card.box.left() + kInset, card.box.top() + 24, 20, 15};
}

QRectF PatchPainting::faderOf(const PatchScene::Card& card)
{
  const auto mute = muteOf(card);
  return {mute.right() + 8, mute.top(), card.box.right() - kInset - mute.right() - 8, mute.height()};
}

} // namespace tutti::app
