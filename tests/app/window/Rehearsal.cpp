#include "Rehearsal.hpp"

#include <QAccessible>
#include <QCoreApplication>
#include <QFile>
#include <QMetaEnum>
#include <QMouseEvent>
#include <QWheelEvent>
#include <QtQml/qqml.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "PreparedBridges.hpp"
#include "PreparedDesks.hpp"
#include "PreparedJams.hpp"
#include "PreparedOutside.hpp"
#include "PreparedReaches.hpp"
#include "PreparedSnapshots.hpp"

namespace tutti::app {

namespace {

template <class Visit> void visitVisible(QQuickItem* item, const Visit& visit)
{
  if (!item || !item->isVisible()) return;
  visit(item);
  for (auto* child : item->childItems()) visitVisible(child, visit);
}

bool isText(const QQuickItem* item)
{
  return item->inherits("QQuickText") && !item->property("text").toString().isEmpty();
}

/// Where the item may be seen, given the window and everything that clips on the way up. What lies above or
/// below in something that scrolls is not lost, nor what lies beside it if it scrolls sideways.
QRectF visibleArea(const QQuickItem* item)
{
  constexpr double kFar = 1e6;
  QRectF area{QPointF{-kFar, -kFar}, QPointF{kFar, kFar}};
  QMarginsF scrolled;
  const auto cut = [&](const QRectF& visible) { area &= visible.marginsAdded(scrolled); };
  for (auto* ancestor = item->parentItem(); ancestor; ancestor = ancestor->parentItem()) {
    if (ancestor->inherits("QQuickFlickable")) {
      scrolled.setTop(kFar);
      scrolled.setBottom(kFar);
      if (ancestor->property("contentWidth").toDouble() > ancestor->width() + 1) {
        scrolled.setLeft(kFar);
        scrolled.setRight(kFar);
      }
    }
    if (ancestor->clip()) cut(ancestor->mapRectToScene(ancestor->boundingRect()));
  }
  cut({QPointF{}, QSizeF{item->window()->size()}});
  return area;
}

bool isClipped(const QQuickItem* text)
{
  if (text->property("truncated").toBool()) return true;
  if (text->property("contentWidth").toDouble() > text->width() + 1) return true;
  const auto place = text->mapRectToScene(text->boundingRect());
  return !visibleArea(text).adjusted(-1, -1, 1, 1).contains(place);
}

QString roleOf(QAccessibleInterface& interface)
{
  return QLatin1String{QMetaEnum::fromType<QAccessible::Role>().valueToKey(interface.role())};
}

QString sentence(QAccessibleInterface& interface)
{
  return QStringLiteral("%1: %2").arg(roleOf(interface), interface.text(QAccessible::Name));
}

void listen(QAccessibleInterface* interface, QStringList& sentences)
{
  if (!interface || interface->state().invisible) return;
  sentences << sentence(*interface);
  for (int i = 0; i < interface->childCount(); ++i) listen(interface->child(i), sentences);
}

double luminance(const QColor& colour)
{
  const auto linear = [](double share) {
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

Rehearsal::Rehearsal(QObject* parent)
  : QObject{parent}
  , now_{time::HostClock::now()}
  , stage_{[this] { return now_; }}
{
  hands_ = std::make_unique<PatchHands>(*stage_.patch(),
                                        [this](const std::function<void(jam::Desk&)>& act) { act(*desk_); });
  connect(hands_.get(), &PatchHands::done, this, &Rehearsal::showDesk);
  show(QStringLiteral("alone"));
}

Rehearsal::~Rehearsal()
{
  speakPseudo(false);
}

void Rehearsal::show(const QString& name)
{
  stage_.show(prepared::named(name.toStdString(), now_));
}

void Rehearsal::showJam(const QString& name)
{
  stage_.band()->show(prepared::jamNamed(name.toStdString(), now_));
}

void Rehearsal::showBridge(const QString& name)
{
  stage_.band()->show(prepared::bridgeNamed(name.toStdString(), now_), now_);
}

void Rehearsal::showReach(const QString& name)
{
  stage_.band()->show(prepared::reachNamed(name.toStdString()));
}

void Rehearsal::showDesk()
{
  stage_.patch()->show(patch(), now_);
}

void Rehearsal::showPatch(const QString& name)
{
  desk_ = std::make_unique<jam::Desk>();
  prepared::prepare(*desk_, name.toStdString());
  stage_.patch()->selection()->clear();
  stage_.patch()->dismissHint();
  showDesk();
}

void Rehearsal::soundPatch(int moment)
{
  stage_.patch()->show(prepared::sounding(patch(), moment), now_);
}

void Rehearsal::leave(const QString& player)
{
  desk_->remove({player.toStdString()});
  showDesk();
}

void Rehearsal::come(const QString& player, const QString& name)
{
  desk_->add({player.toStdString()}, name.toStdString(), prepared::player());
  showDesk();
}

QStringList Rehearsal::cables() const
{
  QStringList cables;
  const auto& patch = desk_->patch();
  for (const auto& connection : patch.connections())
    cables << QString::fromStdString(patch.find(connection.from.module)->about.name + " > " +
                                     patch.find(connection.to.module)->about.name);
  cables.sort();
  return cables;
}

QStringList Rehearsal::modules() const
{
  QStringList names;
  for (const auto& place : desk_->patch().modules()) names << QString::fromStdString(place.about.name);
  return names;
}

QString Rehearsal::cardPlace(const QString& name)
{
  for (const auto& card : stage_.patch()->scene().cards)
    if (card.name == name) return placeOf(card.id);
  return {};
}

QString Rehearsal::cablePlace(const QString& from, const QString& to)
{
  const auto& scene = stage_.patch()->scene();
  for (const auto& cable : scene.cables)
    if (scene.find(cable.from.module)->name == from && scene.find(cable.to.module)->name == to)
      return placeOf(cable.id);
  return {};
}

QPointF Rehearsal::portAt(const QString& card, bool isOutput, int port)
{
  const auto thing = thingAt(cardPlace(card));
  const auto* const id = std::get_if<patch::ModuleId>(&thing);
  return id ? middleOf(placeOf(PortSpot{{*id, static_cast<std::size_t>(port)}, isOutput})) : QPointF{};
}

QPointF Rehearsal::middleOf(const QString& place)
{
  const auto thing = thingAt(place);
  const auto& scene = stage_.patch()->scene();
  if (const auto* id = std::get_if<patch::ConnectionId>(&thing)) return scene.find(*id)->curve().middle();
  return scene.boundsOf(thing).center();
}

void Rehearsal::turnWheel(QQuickItem* item, QPointF at, int notches, int modifiers) const
{
  constexpr int kNotch = 120;
  const auto inWindow = item->mapToScene(at);
  QWheelEvent event{inWindow,
                    item->window()->mapToGlobal(inWindow),
                    {},
                    {0, notches * kNotch},
                    Qt::NoButton,
                    static_cast<Qt::KeyboardModifiers>(modifiers),
                    Qt::NoScrollPhase,
                    false};
  QCoreApplication::sendEvent(item->window(), &event);
}

void Rehearsal::keepSessions(const QString& fileName, const QString& text)
{
  if (!fileName.isEmpty()) {
    QFile file{folder_.filePath(fileName)};
    if (file.open(QIODevice::WriteOnly)) file.write(text.toUtf8());
  }
  if (!shelf_) {
    shelf_ = std::make_unique<SessionShelf>(
      engine::PatchLibrary{folder_.path().toStdString()},
      SessionShelf::Playing{.load = [this](const std::string& yaml) { return prepared::load(*desk_, yaml); },
                            .save = [this] { return desk_->save(); },
                            .call = [this](const std::string& called) { callSession(*desk_, called); }});
    stage_.sessions()->follow(*shelf_);
    connect(shelf_.get(), &SessionShelf::opened, this, &Rehearsal::showDesk);
  }
  shelf_->compare();
  shelf_->list();
}

void Rehearsal::compareSessions()
{
  shelf_->compare();
}

void Rehearsal::showOutside()
{
  stage_.outside()->programs()->show(prepared::programs());
  stage_.outside()->streams()->show(prepared::streams());
}

void Rehearsal::showChannels(const QString& name)
{
  stage_.outside()->channels()->show(name == "some"        ? prepared::channels()
                                     : name == "two sites" ? prepared::channelsOfTwoSites()
                                     : name == "none"      ? prepared::noChannels()
                                                           : prepared::channelsOff());
}

void Rehearsal::advance(int milliseconds)
{
  now_ += std::chrono::milliseconds{milliseconds};
}

void Rehearsal::countFrames(QQuickItem* item)
{
  frames_ = 0;
  item->window()->disconnect(this);
  connect(item->window(), &QQuickWindow::frameSwapped, this, [this] { ++frames_; });
}

void Rehearsal::speakPseudo(bool isWanted)
{
  if (pseudo_) QCoreApplication::removeTranslator(pseudo_.get());
  pseudo_.reset();
  if (!isWanted) return;
  pseudo_ = std::make_unique<PseudoLanguage>();
  QCoreApplication::installTranslator(pseudo_.get());
}

QStringList Rehearsal::clippedTexts(QQuickItem* root) const
{
  QStringList clipped;
  visitVisible(root, [&](QQuickItem* item) {
    if (isText(item) && isClipped(item)) clipped << item->property("text").toString();
  });
  return clipped;
}

QStringList Rehearsal::texts(QQuickItem* root) const
{
  QStringList all;
  visitVisible(root, [&](QQuickItem* item) {
    if (isText(item)) all << item->property("text").toString();
  });
  return all;
}

QQuickItem* Rehearsal::button(QQuickItem* root, const QString& text) const
{
  QQuickItem* found = nullptr;
  visitVisible(root, [&](QQuickItem* item) {
    if (item->inherits("QQuickAbstractButton") && item->property("text").toString() == text) found = item;
  });
  return found;
}

void Rehearsal::doubleClick(QQuickItem* item) const
{
  const auto at = item->mapToScene(item->boundingRect().center());
  const auto send = [&](QEvent::Type type, Qt::MouseButtons buttons, std::uint64_t timestamp) {
    QMouseEvent event{type, at, item->window()->mapToGlobal(at), Qt::LeftButton, buttons, Qt::NoModifier};
    event.setTimestamp(timestamp);
    QCoreApplication::sendEvent(item->window(), &event);
  };
  constexpr std::uint64_t kLongAfterAnythingElse = 1'000'000'000; // ms
  static auto now = kLongAfterAnythingElse;
  for (int click = 0; click < 2; ++click) {
    send(QEvent::MouseButtonPress, Qt::LeftButton, now += 50);
    send(QEvent::MouseButtonRelease, Qt::NoButton, now += 50);
  }
  now += kLongAfterAnythingElse;
}

QQuickItem* Rehearsal::named(QQuickItem* root, const QString& name, const QString& role) const
{
  QQuickItem* found = nullptr;
  visitVisible(root, [&](QQuickItem* item) {
    auto* const interface = QAccessible::queryAccessibleInterface(item);
    const bool isIt = interface && interface->text(QAccessible::Name) == name &&
                      (role.isEmpty() || roleOf(*interface) == role);
    if (isIt && !found) found = item;
  });
  return found;
}

QStringList Rehearsal::spoken(QQuickItem* root) const
{
  QStringList sentences;
  listen(QAccessible::queryAccessibleInterface(root->window()), sentences);
  return sentences;
}

QString Rehearsal::focused(QQuickItem* root) const
{
  auto* const item = root->window()->activeFocusItem();
  auto* const interface = item ? QAccessible::queryAccessibleInterface(item) : nullptr;
  return interface ? sentence(*interface) : QString{};
}

double Rehearsal::contrast(const QColor& one, const QColor& other) const
{
  const auto a = luminance(one);
  const auto b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace tutti::app
