#pragma once

#include <QObject>

#include <functional>

#include <tutti/jam/Desk.hpp>

#include "patchbay/PatchWishes.hpp"

namespace tutti::app {

class PatchViewModel;

/// Does to a desk what is wished of its patch, each as one edit that can be undone, and tells the panel what
/// was refused.
///
/// Threads: gui. Whatever it is given outlives it.
class PatchHands : public QObject {
  Q_OBJECT

public:
  /// Gives a turn of the desk.
  using WithDesk = std::function<void(const std::function<void(jam::Desk&)>&)>;

  PatchHands(PatchViewModel& panel, WithDesk withDesk, QObject* parent = nullptr);

signals:
  void done(); ///< Something may be otherwise now.

private:
  template <class Act> void act(const Act& act);
  void carryCables(PatchWishes& wishes);
  void carryCards(PatchWishes& wishes);
  void carryGroups(PatchWishes& wishes);

  PatchViewModel& panel_;
  WithDesk withDesk_;
};

} // namespace tutti::app
