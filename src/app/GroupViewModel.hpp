#pragma once

#include <QObject>
#include <QRectF>
#include <QtQml/qqmlregistration.h>

#include "patchbay/PatchScene.hpp"

namespace tutti::app {

/// Modules that belong together, with a name.
///
/// Threads: gui.
class GroupViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the patch hands it out")
  Q_PROPERTY(QString place READ place CONSTANT)
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(QString about READ about NOTIFY changed)
  Q_PROPERTY(QRectF label READ label NOTIFY changed)

public:
  explicit GroupViewModel(patch::GroupId id)
    : id_{id}
  {}

  void show(const PatchScene& scene, const PatchScene::Group& group);

  [[nodiscard]] patch::GroupId id() const { return id_; }
  [[nodiscard]] QString place() const { return placeOf(id_); }
  [[nodiscard]] QString name() const { return group_.name; }
  [[nodiscard]] QString about() const { return about_; } ///< Who belongs to it.
  [[nodiscard]] QRectF label() const { return group_.label; }

signals:
  void changed();

private:
  patch::GroupId id_;
  PatchScene::Group group_;
  QString about_;
};

} // namespace tutti::app
