#pragma once

#include <QColor>
#include <QPointer>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

#include "BeatGlow.hpp"
#include "FramePacer.hpp"
#include "TransportViewModel.hpp"

namespace tutti::app {

/// The quantum as a ring: one arc a beat, the downbeat at the top, a playhead where the music is.
///
/// Asks the beat grid for the beat at the moment the frame will be seen; never counts by itself. Draws only
/// while it plays, and when its looks change.
///
/// Threads: gui; `paint` runs on the render thread while gui stands still.
class BeatWheel : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(tutti::app::TransportViewModel* transport READ transport WRITE setTransport NOTIFY
               transportChanged REQUIRED)
  /// 1 to quantum; while counting in −quantum to −1; 0 while stopped.
  Q_PROPERTY(int beatNumber READ beatNumber NOTIFY beatNumberChanged)
  /// Off where the wheel is too small to read them.
  Q_PROPERTY(bool hasNumerals MEMBER hasNumerals_ NOTIFY looksChanged)
  Q_PROPERTY(QColor trackColor MEMBER trackColor_ NOTIFY looksChanged)
  Q_PROPERTY(QColor playedColor MEMBER playedColor_ NOTIFY looksChanged)
  Q_PROPERTY(QColor beatColor MEMBER beatColor_ NOTIFY looksChanged)
  Q_PROPERTY(QColor headColor MEMBER headColor_ NOTIFY looksChanged)
  Q_PROPERTY(QColor numeralColor MEMBER numeralColor_ NOTIFY looksChanged)

public:
  explicit BeatWheel(QQuickItem* parent = nullptr);

  [[nodiscard]] TransportViewModel* transport() const { return transport_; }
  void setTransport(TransportViewModel* transport);
  [[nodiscard]] int beatNumber() const { return beatNumber_; }

  void paint(QPainter* painter) override;

signals:
  void transportChanged();
  void beatNumberChanged();
  void looksChanged();

protected:
  void updatePolish() override;
  void itemChange(ItemChange change, const ItemChangeData& data) override;

private:
  void askForFrame();
  void followTransport();
  void setBeatNumber(int number);

  QPointer<TransportViewModel> transport_;
  FramePacer pacer_;
  BeatGlow glow_; // whoever paints
  time::Beats beat_;
  time::Beats quantum_ = time::Beats::fromMicroBeats(4'000'000);
  bool isPlaying_ = false;
  bool hasNumerals_ = true;
  int beatNumber_ = 0;
  QColor trackColor_, playedColor_, beatColor_, headColor_, numeralColor_;
};

} // namespace tutti::app
