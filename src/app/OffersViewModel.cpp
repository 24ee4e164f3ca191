#include "OffersViewModel.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace tutti::app {

void OffersViewModel::show(const std::vector<jam::RoomOffer>& offers)
{
  std::vector<Row> rows;
  rows.reserve(offers.size());
  for (const auto& offer : offers) rows.push_back(rowOf(offer));
  std::stable_partition(rows.begin(), rows.end(), [](const Row& row) { return row.isOnLan; });
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i].isFirst = i == 0 || rows[i - 1].group != rows[i].group;
  const int nearBefore = nearCount();
  turnInto(rows_, std::move(rows), [](const Row& row) { return std::tie(row.group, row.invitation); });
  if (nearCount() != nearBefore) emit nearCountChanged();
}

OffersViewModel::Row OffersViewModel::rowOf(const jam::RoomOffer& offer)
{
  return {.name = QString::fromStdString(offer.name),
          .invitation = QString::fromStdString(offer.invitation),
          .members =
            offer.members == 0 ? QString{} : tr("%n player(s)", nullptr, static_cast<int>(offer.members)),
          .group = offer.isOnLan ? tr("On this network") : tr("Joined before"),
          .isOnLan = offer.isOnLan,
          .needsPassword = offer.needsPassword,
          .isFirst = false};
}

int OffersViewModel::nearCount() const
{
  return static_cast<int>(
    std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return row.isOnLan; }));
}

QVariant OffersViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index)) return {};
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
  case isFirstRole:
    return row.isFirst;
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
