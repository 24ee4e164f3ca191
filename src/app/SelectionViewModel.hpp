#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include "CardViewModel.hpp"
#include "ConnectionViewModel.hpp"
#include "patchbay/PatchSelection.hpp"

namespace tutti::app {

class PatchViewModel;

/// What is chosen on the patch's canvas, in words, and what can be done with it.
///
/// Threads: gui.
class SelectionViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the patch hands it out")
  Q_PROPERTY(int count READ count NOTIFY changed)
  Q_PROPERTY(tutti::app::CardViewModel* card READ card NOTIFY changed)
  Q_PROPERTY(tutti::app::ConnectionViewModel* cable READ cable NOTIFY changed)
  Q_PROPERTY(QString title READ title NOTIFY changed)
  Q_PROPERTY(QString about READ about NOTIFY changed)
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(bool isGroup READ isGroup NOTIFY changed)
  Q_PROPERTY(int colour READ colour NOTIFY changed)
  Q_PROPERTY(bool canRemove READ canRemove NOTIFY changed)

public:
  explicit SelectionViewModel(PatchViewModel& patch)
    : patch_{patch}
  {}

  [[nodiscard]] const PatchSelection& chosen() const { return chosen_; }
  void choose(PatchSelection selection);
  void chooseOnly(const PatchThing& thing); ///< A group: its cards.
  void toggle(patch::ModuleId card);
  void follow(); ///< The scene is another one.

  [[nodiscard]] int count() const { return static_cast<int>(chosen_.cards.size()); } ///< Cards.
  [[nodiscard]] CardViewModel* card() const;        ///< Nothing: none, or several.
  [[nodiscard]] ConnectionViewModel* cable() const; ///< Nothing: none.
  [[nodiscard]] QString title() const;
  [[nodiscard]] QString about() const;
  [[nodiscard]] QString name() const;   ///< What a new name is in place of: the card's, or the group's.
  [[nodiscard]] bool isGroup() const;   ///< All of them are in one group.
  [[nodiscard]] int colour() const;     ///< -1: none, or several.
  [[nodiscard]] bool canRemove() const; ///< Some of it at least.

  Q_INVOKABLE void rename(const QString& name);
  Q_INVOKABLE void setColour(int colour); ///< -1: none.
  Q_INVOKABLE void group(const QString& name);
  Q_INVOKABLE void ungroup();
  Q_INVOKABLE void clear() { choose({}); }

signals:
  void changed();

private:
  PatchViewModel& patch_;
  PatchSelection chosen_;
};

} // namespace tutti::app
