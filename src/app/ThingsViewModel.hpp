#pragma once

#include <QtQml/qqmlregistration.h>

#include <vector>

#include "ListViewModel.hpp"

namespace tutti::app {

/// Cards, cables or groups of the patch, in an order that does not change: what comes comes between, what
/// goes goes, and all others stay where they are.
///
/// Threads: gui.
class ThingsViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the patch hands it out")

public:
  enum Role { thingRole = Qt::UserRole };

  using ListViewModel::ListViewModel;

  void show(const std::vector<QObject*>& things);

  [[nodiscard]] int count() const override { return static_cast<int>(things_.size()); }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
  std::vector<QObject*> things_;
};

} // namespace tutti::app
