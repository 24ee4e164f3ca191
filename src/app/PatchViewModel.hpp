#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <map>
#include <memory>

#include "CardViewModel.hpp"
#include "CatalogueViewModel.hpp"
#include "ConnectionViewModel.hpp"
#include "GroupViewModel.hpp"
#include "PatchFocusViewModel.hpp"
#include "SelectionViewModel.hpp"
#include "ThingsViewModel.hpp"
#include "patchbay/PatchScene.hpp"
#include "patchbay/PatchSelection.hpp"
#include "patchbay/PatchWishes.hpp"

namespace tutti::app {

/// The patchbay: cards, the cables between them, and what hands do with them.
///
/// `show` is the only way in and `wishes` the only way out, so that it neither knows nor needs a jam. The
/// canvas paints `scene` and `levels`; the lists are for whoever reads it out.
///
/// Threads: gui.
class PatchViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(tutti::app::ThingsViewModel* cards READ cards CONSTANT)
  Q_PROPERTY(tutti::app::ThingsViewModel* cables READ cables CONSTANT)
  Q_PROPERTY(tutti::app::ThingsViewModel* groups READ groups CONSTANT)
  Q_PROPERTY(tutti::app::CatalogueViewModel* catalogue READ catalogue CONSTANT)
  Q_PROPERTY(tutti::app::SelectionViewModel* selection READ selection CONSTANT)
  Q_PROPERTY(tutti::app::PatchFocusViewModel* focus READ focus CONSTANT)
  Q_PROPERTY(QString undoable READ undoable NOTIFY historyChanged)
  Q_PROPERTY(QString redoable READ redoable NOTIFY historyChanged)
  Q_PROPERTY(QString hint READ hint NOTIFY hintChanged)
  Q_PROPERTY(bool isBare READ isBare NOTIFY isBareChanged)

public:
  /// By which strip of the mixer a card is heard.
  using StripOf = std::function<StripViewModel*(const jam::StripId&)>;

  PatchViewModel(Clock clock, StripOf stripOf);
  ~PatchViewModel() override;

  void show(const jam::PatchSnapshot& snapshot, HostTime at);
  [[nodiscard]] PatchWishes* wishes() { return &wishes_; }
  /// Why something was not done; shown until something else is.
  void complain(const std::string& reason);
  void say(const QString& hint);
  /// Chooses a card, and gives it the keyboard.
  void take(patch::ModuleId card);

  [[nodiscard]] const PatchScene& scene() const { return scene_; }
  [[nodiscard]] const std::map<patch::ConnectionId, double>& levels() const { return levels_; } ///< dBFS
  [[nodiscard]] CardViewModel* card(patch::ModuleId id) const;
  [[nodiscard]] ConnectionViewModel* cable(patch::ConnectionId id) const;

  [[nodiscard]] ThingsViewModel* cards() { return &cardList_; }
  [[nodiscard]] ThingsViewModel* cables() { return &cableList_; }
  [[nodiscard]] ThingsViewModel* groups() { return &groupList_; }
  [[nodiscard]] CatalogueViewModel* catalogue() { return &catalogue_; }
  [[nodiscard]] SelectionViewModel* selection() { return &selection_; }
  [[nodiscard]] PatchFocusViewModel* focus() { return &focus_; }
  [[nodiscard]] QString undoable() const { return undoable_; } ///< Empty: nothing can be undone.
  [[nodiscard]] QString redoable() const { return redoable_; }
  [[nodiscard]] QString hint() const { return hint_; }
  [[nodiscard]] bool isBare() const { return isBare_; } ///< As it is when nobody has done anything yet.

  /// A cable between two ports, whichever is which; says why it cannot be.
  void join(const PortSpot& one, const PatchThing& other);
  void moveCards(const std::vector<patch::ModuleId>& cards, QPointF by, bool goesOn = false);

  Q_INVOKABLE void undo();
  Q_INVOKABLE void redo();
  Q_INVOKABLE void tidyUp();
  Q_INVOKABLE void removeSelected();
  Q_INVOKABLE void watch(bool isShown) { emit wishes_.watched(isShown); }
  Q_INVOKABLE void dismissHint() { say({}); }
  /// Where on the mixer's desk a strip is; false: it is on none, or not in the patch.
  Q_INVOKABLE bool takeStrip(tutti::app::StripViewModel* strip);

signals:
  void sceneChanged();
  void levelsChanged();
  void stripsMoved(); ///< A fader, a mute or a level of a card that is a strip.
  void historyChanged();
  void hintChanged();
  void isBareChanged();

private:
  template <class Made, class Things, class Make, class Show>
  void follow(Made& made, ThingsViewModel& list, const Things& things, const Make& make, const Show& show);
  void followAll();
  void followMoment(HostTime at);
  void showLevels(const jam::PatchSnapshot& snapshot);
  void showHistory(const jam::PatchSnapshot& snapshot);

  Clock clock_;
  StripOf stripOf_;
  PatchWishes wishes_;
  PatchScene scene_;
  std::map<patch::ConnectionId, double> levels_;
  std::map<patch::ModuleId, std::unique_ptr<CardViewModel>> cards_;
  std::map<patch::ConnectionId, std::unique_ptr<ConnectionViewModel>> cables_;
  std::map<patch::GroupId, std::unique_ptr<GroupViewModel>> groups_;
  ThingsViewModel cardList_;
  ThingsViewModel cableList_;
  ThingsViewModel groupList_;
  CatalogueViewModel catalogue_{wishes_};
  SelectionViewModel selection_;
  PatchFocusViewModel focus_;
  QString undoable_;
  QString redoable_;
  QString hint_;
  bool isBare_ = true;
};

} // namespace tutti::app
