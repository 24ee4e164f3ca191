#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace tutti::app {

/// Cards, cables or groups of the patch, in an order that does not change: what comes comes between, what
/// goes goes, and all others stay where they are.
///
/// Threads: gui.
class ThingsViewModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the patch hands it out")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
  enum Role { thingRole = Qt::UserRole };

  using QAbstractListModel::QAbstractListModel;

  void show(const std::vector<QObject*>& things);

  [[nodiscard]] int count() const { return static_cast<int>(things_.size()); }
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
  void countChanged();

private:
  std::vector<QObject*> things_;
};

} // namespace tutti::app
