#pragma once

#include <QPointF>
#include <QRectF>

#include <optional>
#include <vector>

#include "patchbay/PatchCamera.hpp"
#include "patchbay/PatchScene.hpp"

namespace tutti::app {

class PatchViewModel;

/// What a pointer does on the canvas between press and release: it pans, draws a band around cards, moves
/// cards, or pulls a cable out of a port.
///
/// Units: positions of the view.
/// Threads: gui.
class PatchGrip {
public:
  struct Pull {
    PortSpot from;
    QPointF end; ///< On the canvas.
    std::optional<PortSpot> target;
  };
  struct Lift {
    std::vector<patch::ModuleId> cards;
    QPointF by; ///< On the canvas.
  };

  PatchGrip(PatchViewModel& patch, PatchCamera& camera)
    : patch_{patch}
    , camera_{camera}
  {}

  void press(QPointF at, Qt::KeyboardModifiers modifiers, Qt::MouseButton button);
  void move(QPointF to);
  void release(QPointF at);
  void cancel();

  [[nodiscard]] bool isHeld() const { return what_ != What::nothing; }
  [[nodiscard]] bool isPanning() const { return what_ == What::pan && isDragged_; }
  [[nodiscard]] std::optional<Pull> pull() const;
  [[nodiscard]] std::optional<Lift> lift() const;
  [[nodiscard]] QRectF band() const; ///< On the canvas; empty: none.
  [[nodiscard]] PatchThing under(QPointF at) const;

private:
  enum class What { nothing, pan, band, cards, cable };

  void pressCard(patch::ModuleId id, Qt::KeyboardModifiers modifiers);
  void pressPort(const PortSpot& spot);
  void click();
  void letGo();
  void takeBand();
  [[nodiscard]] QPointF wayOnCanvas() const;
  [[nodiscard]] double reach() const;

  PatchViewModel& patch_;
  PatchCamera& camera_;
  What what_ = What::nothing;
  PatchThing pressed_;
  QPointF from_;
  QPointF now_;
  bool isDragged_ = false;
  bool wasChosen_ = false;
  bool isAdding_ = false; // with Shift
};

} // namespace tutti::app
