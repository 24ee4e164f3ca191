#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <optional>
#include <vector>

#include "patchbay/PatchScene.hpp"
#include "patchbay/PatchWays.hpp"

namespace tutti::app {

class PatchViewModel;

/// The patch by keys: which card, port or cable has the keyboard, and what a key does there.
///
///     card ── Enter ──▸ port ── Enter ──▸ cable          Escape: back
///      arrows: next card    arrows: next port    Up, Down: gain; Left, Right: next cable of the port
///     C on a card or a port begins a cable; arrows choose its other end, Enter connects, Escape leaves it
///
/// Threads: gui.
class PatchFocusViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the patch hands it out")
  Q_PROPERTY(QString place READ place NOTIFY changed)
  /// A cable is being drawn by keys.
  Q_PROPERTY(bool isPulling READ isPulling NOTIFY changed)

public:
  explicit PatchFocusViewModel(PatchViewModel& patch)
    : patch_{patch}
  {}

  [[nodiscard]] QString place() const { return placeOf(here_); } ///< Empty: none of them.
  [[nodiscard]] const PatchThing& here() const { return here_; }
  /// By keys it is shown; a hand knows where it is.
  [[nodiscard]] bool isShown() const { return isShown_; }
  void hide() { isShown_ = false; }
  [[nodiscard]] bool isPulling() const { return pulledFrom_.has_value(); }
  [[nodiscard]] const std::optional<PortSpot>& pulledFrom() const { return pulledFrom_; }

  void go(const PatchThing& thing); ///< Gives it the keyboard.
  void follow();                    ///< The scene is another one.
  /// These are about to go; what has the keyboard among them hands it on.
  void leaveRemoved(const std::vector<patch::ModuleId>& cards,
                    const std::vector<patch::ConnectionId>& cables);

  /// The item of this place has the keyboard, by Tab or by a hand; empty: none of them any more.
  Q_INVOKABLE void visit(const QString& place, bool isByKey);
  /// False: the key means nothing here.
  Q_INVOKABLE bool press(int key, int modifiers);

signals:
  void changed();
  /// The item of this place is to have the keyboard.
  void went(const QString& place);
  void addAsked();
  void renameAsked();
  void groupAsked();

private:
  bool command(int key, Qt::KeyboardModifiers modifiers);
  bool arrow(Direction direction, Qt::KeyboardModifiers modifiers);
  bool moveCards(Direction direction, Qt::KeyboardModifiers modifiers);
  bool turn(Direction direction, Qt::KeyboardModifiers modifiers);
  bool enter();
  bool leave();
  bool begin();
  void stopPulling();
  void goTo(const std::optional<PortSpot>& spot);

  PatchViewModel& patch_;
  PatchThing here_;
  bool isShown_ = false;
  std::optional<PortSpot> pulledFrom_;
  std::optional<PortSpot> cameFrom_; // the port whose cables are gone through
};

} // namespace tutti::app
