#include "OffersViewModel.hpp"

#include <algorithm>

namespace tutti::app {

void OffersViewModel::show(const std::vector<jam::RoomOffer>& offers)
{
  std::vector<Row> rows;
  rows.reserve(offers.size());
  for (const auto& offer : offers) rows.push_back(rowOf(offer));
  std::stable_partition(rows.begin(), rows.end(), [](const Row& row) { return row.isOnLan; });
  if (rows == rows_) return;
  // Rooms come and go seldom, and no row has a state of its own: the list starts over.
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
  emit countChanged();
}

OffersViewModel::Row OffersViewModel::rowOf(const jam::RoomOffer& offer)
{
  return {.name = QString::fromStdString(offer.name),
          .invitation = QString::fromStdString(offer.invitation),
          .members =
            offer.members == 0 ? QString{} : tr("%n player(s)", nullptr, static_cast<int>(offer.members)),
          .group = offer.isOnLan ? tr("On this network") : tr("Joined before"),
          .isOnLan = offer.isOnLan,
          .needsPassword = offer.needsPassword};
}

int OffersViewModel::nearCount() const
{
  return static_cast<int>(
    std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return row.isOnLan; }));
}

int OffersViewModel::rowCount(const QModelIndex& parent) const
{
  return parent.isValid() ? 0 : count();
}

QVariant OffersViewModel::data(const QModelIndex& index, int role) const
{
  if (!index.isValid() || index.row() >= count()) return {};
  const auto& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
  case nameRole:
    return row.name;
  case invitationRole:
    return row.invitation;
  case membersRole:
    return row.members;
  case groupRole:
    return row.group;
  case isFirstRole: // of its group
    return index.row() == 0 || rows_[static_cast<std::size_t>(index.row()) - 1].group != row.group;
  case isNearRole:
    return row.isOnLan;
  case needsPasswordRole:
    return row.needsPassword;
  default:
    return {};
  }
}

QHash<int, QByteArray> OffersViewModel::roleNames() const
{
  return {{nameRole, "name"},
          {invitationRole, "invitation"},
          {membersRole, "members"},
          {groupRole, "group"},
          {isFirstRole, "isFirst"},
          {isNearRole, "isNear"},
          {needsPasswordRole, "needsPassword"}};
}

} // namespace tutti::app
