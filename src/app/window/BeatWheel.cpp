#include "BeatWheel.hpp"

#include <QPainter>

#include <cmath>

#include "WheelPainting.hpp"

namespace tutti::app {

BeatWheel::BeatWheel(QQuickItem* parent)
  : QQuickPaintedItem{parent}
  , pacer_{[this] { askForFrame(); }}
{
  setAntialiasing(true);
  connect(this, &BeatWheel::looksChanged, this, [this] { update(); });
}

void BeatWheel::setTransport(TransportViewModel* transport)
{
  if (transport == transport_) return;
  if (transport_) transport_->disconnect(this);
  transport_ = transport;
  if (transport_) {
    connect(transport_, &TransportViewModel::isPlayingChanged, this, &BeatWheel::followTransport);
    connect(transport_, &TransportViewModel::quantumChanged, this, &BeatWheel::askForFrame);
    followTransport();
  }
  emit transportChanged();
}

void BeatWheel::followTransport()
{
  pacer_.run(transport_ && transport_->isPlaying() && isVisible());
  askForFrame();
}

void BeatWheel::askForFrame()
{
  polish();
  update();
}

/// Runs on the gui thread right before the frame is put together.
void BeatWheel::updatePolish()
{
  if (!transport_) return;
  const auto grid = transport_->grid();
  isPlaying_ = transport_->isPlaying();
  quantum_ = transport_->bar();
  beat_ = grid.beatAt(transport_->now() + pacer_.latency());
  pacer_.prepared();
  if (!isPlaying_) return setBeatNumber(0);
  const auto within = beat_ < time::Beats{} ? beat_ : time::phase(beat_, quantum_);
  const auto whole = static_cast<int>(std::floor(within.toDouble()));
  setBeatNumber(whole < 0 ? whole : whole + 1);
}

void BeatWheel::setBeatNumber(int number)
{
  if (number == beatNumber_) return;
  beatNumber_ = number;
  emit beatNumberChanged();
}

void BeatWheel::itemChange(ItemChange change, const ItemChangeData& data)
{
  if (change == ItemSceneChange) pacer_.watch(data.window);
  if (change == ItemVisibleHasChanged) followTransport();
  QQuickPaintedItem::itemChange(change, data);
}

void BeatWheel::paint(QPainter* painter)
{
  const WheelPainting::Colours colours{trackColor_, playedColor_, beatColor_, headColor_, numeralColor_};
  WheelPainting wheel{*painter, boundingRect(), quantum_, colours};
  wheel.drawTrack();
  if (hasNumerals_) wheel.drawNumerals();
  if (isPlaying_) wheel.drawBeat(beat_, glow_);
}

} // namespace tutti::app
