#include "Rehearsal.hpp"

#include <QAccessible>
#include <QCoreApplication>
#include <QMetaEnum>
#include <QMouseEvent>
#include <QtQml/qqml.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "PreparedBridges.hpp"
#include "PreparedJams.hpp"
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
  QRectF area{QPointF{}, QSizeF{item->window()->size()}};
  for (auto* ancestor = item->parentItem(); ancestor; ancestor = ancestor->parentItem()) {
    if (ancestor->clip()) area &= ancestor->mapRectToScene(ancestor->boundingRect());
    if (!ancestor->inherits("QQuickFlickable")) continue;
    area.adjust(0, -kFar, 0, kFar);
    if (ancestor->property("contentWidth").toDouble() > ancestor->width() + 1) area.adjust(-kFar, 0, kFar, 0);
  }
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
