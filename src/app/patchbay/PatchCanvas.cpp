#include "patchbay/PatchCanvas.hpp"

#include <QCursor>
#include <QQuickWindow>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tutti::app {

using namespace std::chrono_literals;

namespace {

constexpr double kMargin = 32; // pixels around what is brought into view

} // namespace

PatchCanvas::PatchCanvas(QQuickItem* parent)
  : QQuickPaintedItem{parent}
{
  setOpaquePainting(true);
  setAcceptedMouseButtons(Qt::LeftButton | Qt::MiddleButton);
  setAcceptHoverEvents(true);
  rest_.setSingleShot(true);
  rest_.setInterval(120ms);
  rest_.callOnTimeout(this, &PatchCanvas::settle);
  ahead_.setSingleShot(true);
  ahead_.setInterval(60ms);
  ahead_.callOnTimeout(this, [this] {
    if (sheet_ && isVisible() && !sheet_->lookAhead(camera_)) ahead_.start();
  });
}

PatchCanvas::~PatchCanvas() = default;

void PatchCanvas::setPatch(PatchViewModel* patch)
{
  if (patch == patch_) return;
  if (patch_) patch_->disconnect(this);
  patch_ = patch;
  followPatch();
  emit patchChanged();
}

void PatchCanvas::setInk(PatchInk* ink)
{
  if (ink == ink_) return;
  ink_ = ink;
  sheet_ = ink_ ? std::make_unique<PatchSheet>(*ink_) : nullptr;
  if (ink_)
    connect(ink_, &PatchInk::changed, this, [this] {
      sheet_->repaint();
      update();
    });
  followView();
  followPatch();
  emit inkChanged();
}

void PatchCanvas::followPatch()
{
  if (!patch_ || !sheet_) return;
  grip_ = std::make_unique<PatchGrip>(*patch_, camera_);
  patch_->disconnect(this);
  connect(patch_, &PatchViewModel::sceneChanged, this, &PatchCanvas::followScene);
  connect(patch_, &PatchViewModel::levelsChanged, this, &PatchCanvas::followLevels);
  connect(patch_, &PatchViewModel::stripsMoved, this, [this] { update(); });
  connect(patch_->selection(), &SelectionViewModel::changed, this, [this] { update(); });
  connect(patch_->focus(), &PatchFocusViewModel::changed, this, &PatchCanvas::followFocus);
  followScene();
}

void PatchCanvas::followScene()
{
  sheet_->show(patch_->scene());
  lift();
  if (!wasFitted_ && !patch_->scene().cards.empty() && !size().isEmpty()) {
    wasFitted_ = true;
    fit();
  }
  update();
}

/// While a hand is at work the picture stays as it is, but for the bars.
void PatchCanvas::followLevels()
{
  const bool isBusy = (grip_ && grip_->isHeld()) || rest_.isActive();
  if (!isBusy && isVisible()) sheet_->hear(patch_->levels());
  update();
}

void PatchCanvas::setAbove(double pixels)
{
  if (pixels == above_) return;
  above_ = pixels;
  followBars();
}

void PatchCanvas::setBelow(double pixels)
{
  if (pixels == below_) return;
  below_ = pixels;
  followBars();
}

/// Until somebody is at work in it: under a hand nothing may jump because a bar has come.
void PatchCanvas::followBars()
{
  if (camera_.isFitted() && !wasTouched_) fit();
  emit coveredChanged();
}

/// Whatever the keyboard reaches must be seen.
void PatchCanvas::followFocus()
{
  if (patch_->focus()->isShown()) wasTouched_ = true;
  const auto& here = patch_->focus()->here();
  const bool isByHand = grip_ && grip_->isHeld();
  const auto bounds = patch_->scene().boundsOf(here);
  if (!isByHand && !bounds.isNull() && camera_.reveal(bounds, kMargin)) moved();
  update();
}

void PatchCanvas::followView()
{
  const auto ratio = window() ? window()->effectiveDevicePixelRatio() : 1.0;
  const bool isOther = camera_.pixelRatio() != ratio;
  camera_.setView(size(), ratio);
  if (!sheet_) return;
  if (isOther || sheet_->isZooming(camera_)) sheet_->settle(camera_);
}

void PatchCanvas::geometryChange(const QRectF& now, const QRectF& before)
{
  QQuickPaintedItem::geometryChange(now, before);
  followView();
  if (!sheet_ || !patch_) return;
  followScene();
  if (camera_.isFitted()) fit(); // who looks at all of it still does when a panel opens beside it
}

void PatchCanvas::itemChange(ItemChange change, const ItemChangeData& data)
{
  if (change == ItemDevicePixelRatioHasChanged || change == ItemSceneChange) followView();
  QQuickPaintedItem::itemChange(change, data);
}

void PatchCanvas::moved()
{
  ahead_.start();
  emit cameraChanged();
  update();
}

void PatchCanvas::beginZoom()
{
  if (sheet_ && !sheet_->isZooming(camera_)) sheet_->beginZoom(camera_);
}

void PatchCanvas::zoomAbout(double factor, QPointF at)
{
  beginZoom();
  camera_.zoomAbout(factor, at);
  rest_.start();
  moved();
}

void PatchCanvas::zoomBy(double factor)
{
  zoomAbout(factor, boundingRect().center());
}

void PatchCanvas::showFull()
{
  zoomBy(1 / camera_.zoom());
}

void PatchCanvas::fit()
{
  if (!patch_) return;
  beginZoom();
  camera_.fit(patch_->scene().extent(), kMargin, above_, below_);
  settle();
  moved();
}

void PatchCanvas::panBy(double x, double y)
{
  camera_.panBy({x, y});
  moved();
}

QPointF PatchCanvas::middle() const
{
  return camera_.area().center();
}

void PatchCanvas::settle()
{
  if (sheet_) sheet_->settle(camera_);
  update();
}

void PatchCanvas::lift()
{
  const auto lifted = grip_ ? grip_->lift() : std::nullopt;
  if (lifted)
    sheet_->lift({lifted->cards.begin(), lifted->cards.end()});
  else
    sheet_->lift({});
}

void PatchCanvas::mousePressEvent(QMouseEvent* event)
{
  if (!grip_) return event->ignore();
  wasTouched_ = true;
  emit touched();
  grip_->press(event->position(), event->modifiers(), event->button());
  setKeepMouseGrab(true);
  update();
}

void PatchCanvas::mouseMoveEvent(QMouseEvent* event)
{
  if (!grip_) return;
  grip_->move(event->position());
  lift();
  if (grip_->isPanning())
    moved();
  else
    update();
}

void PatchCanvas::mouseReleaseEvent(QMouseEvent* event)
{
  if (!grip_) return;
  grip_->release(event->position());
  setKeepMouseGrab(false);
  lift();
  update();
}

void PatchCanvas::mouseUngrabEvent()
{
  if (!grip_) return;
  grip_->cancel();
  lift();
  update();
}

void PatchCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
  if (!grip_) return event->ignore();
  const auto thing = grip_->under(event->position());
  if (std::holds_alternative<patch::ModuleId>(thing) || std::holds_alternative<patch::GroupId>(thing))
    emit patch_->focus()->renameAsked();
  else if (std::holds_alternative<std::monostate>(thing))
    emit addAsked(camera_.toCanvas(event->position()));
}

void PatchCanvas::hoverMoveEvent(QHoverEvent* event)
{
  if (grip_) showCursor(event->position());
}

void PatchCanvas::showCursor(QPointF at)
{
  const auto thing = grip_->under(at);
  if (std::holds_alternative<PortSpot>(thing))
    setCursor(Qt::CrossCursor);
  else if (std::holds_alternative<patch::ConnectionId>(thing))
    setCursor(Qt::PointingHandCursor);
  else
    unsetCursor();
}

/// Touchpads say pixels, wheels say notches.
void PatchCanvas::wheelEvent(QWheelEvent* event)
{
  constexpr double kNotch = 120;
  constexpr double kPixelsPerNotch = 60;
  constexpr double kZoomPerNotch = 1.15;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    zoomAbout(std::pow(kZoomPerNotch, event->angleDelta().y() / kNotch), event->position());
    return;
  }
  QPointF by = event->pixelDelta().isNull() ? QPointF{event->angleDelta()} * kPixelsPerNotch / kNotch
                                            : QPointF{event->pixelDelta()};
  if (event->modifiers().testFlag(Qt::ShiftModifier) && by.x() == 0) by = by.transposed();
  panBy(by.x(), by.y());
}

} // namespace tutti::app
