#pragma once

#include <QObject>
#include <QPointer>
#include <QRectF>
#include <QStringList>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "StripViewModel.hpp"
#include "patchbay/PatchScene.hpp"

namespace tutti::app {

/// A module of the patch, as its card is read out and reached; how it looks is painted.
///
/// Threads: gui.
class CardViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the patch hands it out")
  Q_PROPERTY(QString place READ place CONSTANT)
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(QString spoken READ spoken NOTIFY changed)
  Q_PROPERTY(QString about READ about NOTIFY changed)
  Q_PROPERTY(QRectF box READ box NOTIFY boxChanged)
  Q_PROPERTY(int colour READ colour NOTIFY changed)
  Q_PROPERTY(bool isMissing READ isMissing NOTIFY changed)
  Q_PROPERTY(tutti::app::StripViewModel* strip READ strip NOTIFY stripChanged)
  /// Of each port: place, and x, y within the card.
  Q_PROPERTY(QVariantList ports READ ports NOTIFY portsChanged)
  /// Of each port its name and what hangs on it: two texts.
  Q_PROPERTY(QStringList portWords READ portWords NOTIFY portWordsChanged)

public:
  explicit CardViewModel(patch::ModuleId id)
    : id_{id}
  {}

  void show(const PatchScene& scene, const PatchScene::Card& card);
  void follow(StripViewModel* strip); ///< Nothing: it is on no mixer.

  [[nodiscard]] patch::ModuleId id() const { return id_; }
  [[nodiscard]] QString place() const { return placeOf(id_); }
  [[nodiscard]] QString name() const { return card_.name; }
  [[nodiscard]] QString spoken() const; ///< "Anna strip, strip".
  [[nodiscard]] QString about() const;  ///< Why it is missing, and to which group it belongs.
  [[nodiscard]] QRectF box() const { return card_.box; }
  [[nodiscard]] int colour() const { return card_.colour ? static_cast<int>(*card_.colour) : -1; }
  [[nodiscard]] bool isMissing() const { return card_.isMissing; }
  [[nodiscard]] bool isRemovable() const { return card_.isRemovable; }
  [[nodiscard]] QString kind() const { return card_.kind; }
  [[nodiscard]] StripViewModel* strip() const { return strip_; } ///< None: it is not on the mixer.
  [[nodiscard]] QVariantList ports() const { return ports_; }
  [[nodiscard]] QStringList portWords() const { return portWords_; }

signals:
  void changed();
  void boxChanged();
  void stripChanged();
  void portsChanged();
  void portWordsChanged();
  void stripMoved(); ///< Its fader, its mute or its level.

private:
  void showPorts();
  void showPortWords(const PatchScene& scene);

  patch::ModuleId id_;
  PatchScene::Card card_;
  QString group_;
  QPointer<StripViewModel> strip_;
  QVariantList ports_;
  QStringList portWords_;
};

} // namespace tutti::app
