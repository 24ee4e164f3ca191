#pragma once

#include <QObject>
#include <QRectF>
#include <QtQml/qqmlregistration.h>

#include "patchbay/PatchScene.hpp"
#include "patchbay/PatchWishes.hpp"
#include "window/Asked.hpp"
#include "window/Clock.hpp"

namespace tutti::app {

/// A cable of the patch: from where to where, and how loud.
///
/// Threads: gui. Wishes leave as signals of `PatchWishes`; what is shown comes back with a snapshot.
class ConnectionViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the patch hands it out")
  Q_PROPERTY(QString place READ place CONSTANT)
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(QString about READ about NOTIFY changed)
  Q_PROPERTY(QRectF box READ box NOTIFY changed)
  Q_PROPERTY(double gain READ gain NOTIFY gainChanged)
  Q_PROPERTY(QString gainText READ gainText NOTIFY gainChanged)

public:
  ConnectionViewModel(patch::ConnectionId id, PatchWishes& wishes, Clock clock);

  void show(const PatchScene& scene, const PatchScene::Cable& cable);
  void tell(double gain, HostTime at); ///< What the patch says.

  [[nodiscard]] patch::ConnectionId id() const { return id_; }
  [[nodiscard]] QString place() const { return placeOf(id_); }
  [[nodiscard]] QString name() const { return name_; } ///< "Anna to Anna strip"
  [[nodiscard]] QString about() const;                 ///< Why it waits, or is silent; empty: it plays.
  [[nodiscard]] QRectF box() const { return cable_.curve().bounds(); }
  [[nodiscard]] double gain() const { return gain_.value(); } ///< dB
  [[nodiscard]] QString gainText() const;

  Q_INVOKABLE void askGain(double decibels);
  Q_INVOKABLE void nudgeGain(double decibels);

signals:
  void changed();
  void gainChanged();

private:
  patch::ConnectionId id_;
  PatchWishes& wishes_;
  Clock clock_;
  PatchScene::Cable cable_;
  QString name_;
  Asked<double> gain_{0};
  std::optional<HostTime> askedAt_; // what follows soon is the same movement of the hand
};

} // namespace tutti::app
