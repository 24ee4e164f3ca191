#pragma once

#include <QObject>
#include <QPointer>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>

#include <memory>

#include <tutti/jam/Desk.hpp>

#include "PseudoLanguage.hpp"
#include "patchbay/PatchHands.hpp"
#include "patchbay/SessionShelf.hpp"
#include "window/Stage.hpp"

namespace tutti::app {

/// What a QML test holds in place of an engine: prepared snapshots, a clock that it moves, and eyes and ears.
class Rehearsal : public QObject {
  Q_OBJECT
  Q_PROPERTY(tutti::app::Stage* stage READ stage CONSTANT)
  Q_PROPERTY(QObject* wishes READ wishes CONSTANT)
  Q_PROPERTY(int frames READ frames)

public:
  explicit Rehearsal(QObject* parent = nullptr);
  ~Rehearsal() override;

  [[nodiscard]] Stage* stage() { return &stage_; }
  [[nodiscard]] QObject* wishes() { return stage_.band()->wishes(); }
  [[nodiscard]] int frames() const { return frames_; }

  /// One of the prepared snapshots, as of the rehearsal's own time.
  Q_INVOKABLE void show(const QString& name);
  /// One of the prepared jams.
  Q_INVOKABLE void showJam(const QString& name);
  /// One of the prepared bridges.
  Q_INVOKABLE void showBridge(const QString& name);
  /// One of the prepared ways in for friends elsewhere.
  Q_INVOKABLE void showReach(const QString& name);
  /// As in a room of somebody else.
  Q_INVOKABLE void showNoReach() { stage_.band()->show(std::nullopt); }
  /// As if the desktop had opened this link.
  Q_INVOKABLE void open(const QString& link) { stage_.band()->room()->bring(link); }
  /// One of the prepared desks, with hands that really do what is wished.
  Q_INVOKABLE void showPatch(const QString& name);
  /// The same desk while everybody plays.
  Q_INVOKABLE void soundPatch(int moment);
  /// Somebody leaves, or comes again.
  Q_INVOKABLE void leave(const QString& player);
  Q_INVOKABLE void come(const QString& player, const QString& name);
  /// "Anna > Anna strip", for each cable; sorted.
  Q_INVOKABLE QStringList cables() const;
  Q_INVOKABLE QStringList modules() const;
  /// The place of the card of this name, and of the first cable between two.
  Q_INVOKABLE QString cardPlace(const QString& name);
  Q_INVOKABLE QString cablePlace(const QString& from, const QString& to);
  /// Where a port of this card is on the canvas, or the middle of what has this place.
  Q_INVOKABLE QPointF portAt(const QString& card, bool isOutput, int port);
  Q_INVOKABLE QPointF middleOf(const QString& place);
  /// A wheel's notches, as a desktop sends them.
  Q_INVOKABLE void turnWheel(QQuickItem* item, QPointF at, int notches, int modifiers) const;
  /// A folder for sessions of its own, with such a file in it if a text is given.
  Q_INVOKABLE void keepSessions(const QString& fileName = {}, const QString& text = {});
  Q_INVOKABLE void compareSessions();
  /// Programs and streams that come to the patch.
  Q_INVOKABLE void showOutside();
  /// Channels of the Link session: "some", "two sites", "none", "off".
  Q_INVOKABLE void showChannels(const QString& name);
  Q_INVOKABLE void advance(int milliseconds);
  /// Counts the frames of this item's window from now on.
  Q_INVOKABLE void countFrames(QQuickItem* item);
  /// All texts of the window in the pseudo language, or no longer.
  Q_INVOKABLE void speakPseudo(bool isWanted);
  /// The visible texts below this item that are cut off, elided or reach out of the window.
  Q_INVOKABLE QStringList clippedTexts(QQuickItem* root) const;
  /// All visible texts below this item.
  Q_INVOKABLE QStringList texts(QQuickItem* root) const;
  /// The visible button that says this.
  Q_INVOKABLE QQuickItem* button(QQuickItem* root, const QString& text) const;
  /// Two clicks as quick as a hand's in the item's middle. Those of Qt's own tests are too far apart.
  Q_INVOKABLE void doubleClick(QQuickItem* item) const;
  /// The visible item below this one that a screen reader calls so; of this role, if one is given.
  Q_INVOKABLE QQuickItem* named(QQuickItem* root, const QString& name, const QString& role = {}) const;
  /// What a screen reader finds below this item: "role: name", in order.
  Q_INVOKABLE QStringList spoken(QQuickItem* root) const;
  /// Whoever has the keyboard, as a screen reader would say it.
  Q_INVOKABLE QString focused(QQuickItem* root) const;
  /// WCAG 2.1 contrast ratio of two colours.
  Q_INVOKABLE double contrast(const QColor& one, const QColor& other) const;

private:
  [[nodiscard]] jam::PatchSnapshot patch() const { return desk_->showPatch(); }
  void showDesk();

  HostTime now_;
  Stage stage_;
  std::unique_ptr<jam::Desk> desk_ = std::make_unique<jam::Desk>();
  std::unique_ptr<PatchHands> hands_;
  QTemporaryDir folder_;
  std::unique_ptr<SessionShelf> shelf_;
  int frames_ = 0;
  std::unique_ptr<PseudoLanguage> pseudo_;
};

} // namespace tutti::app
