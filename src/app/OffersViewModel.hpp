#pragma once

#include <QtQml/qqmlregistration.h>

#include <vector>

#include <tutti/jam/JamSnapshot.hpp>

#include "ListViewModel.hpp"

namespace tutti::app {

/// Rooms that can be joined with a click: those on this network first, then those joined before.
///
/// Threads: gui.
class OffersViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(int nearCount READ nearCount NOTIFY nearCountChanged)

public:
  enum Role {
    nameRole = Qt::UserRole,
    invitationRole,
    membersRole,
    groupRole,
    isFirstRole,
    isNearRole,
    needsPasswordRole
  };

  using ListViewModel::ListViewModel;

  void show(const std::vector<jam::RoomOffer>& offers);

  [[nodiscard]] int count() const override { return static_cast<int>(rows_.size()); }
  [[nodiscard]] int nearCount() const; ///< On this network.
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
  void nearCountChanged();

private:
  struct Row {
    QString name, invitation, members, group;
    bool isOnLan = false;
    bool needsPassword = false;
    bool isFirst = false; // of its group
    friend bool operator==(const Row&, const Row&) = default;
  };
  static Row rowOf(const jam::RoomOffer& offer);

  std::vector<Row> rows_;
};

} // namespace tutti::app
