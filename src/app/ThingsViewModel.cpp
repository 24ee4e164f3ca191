#include "ThingsViewModel.hpp"

#include <algorithm>
#include <unordered_set>

namespace tutti::app {

void ThingsViewModel::show(const std::vector<QObject*>& things)
{
  if (things == things_) return;
  const std::unordered_set<QObject*> wanted{things.begin(), things.end()};
  for (int i = count() - 1; i >= 0; --i) {
    const auto at = things_.begin() + i;
    if (wanted.contains(*at)) continue;
    beginRemoveRows({}, i, i);
    things_.erase(at);
    endRemoveRows();
  }
  // Who is left is in the new order mostly: new ones are slipped in between.
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (i < things_.size() && things_[i] == things[i]) continue;
    if (const auto later =
          std::find(things_.begin() + static_cast<std::ptrdiff_t>(i), things_.end(), things[i]);
        later != things_.end()) {
      const auto from = static_cast<int>(later - things_.begin());
      beginMoveRows({}, from, from, {}, static_cast<int>(i));
      std::rotate(things_.begin() + static_cast<std::ptrdiff_t>(i), later, later + 1);
      endMoveRows();
      continue;
    }
    beginInsertRows({}, static_cast<int>(i), static_cast<int>(i));
    things_.insert(things_.begin() + static_cast<std::ptrdiff_t>(i), things[i]);
    endInsertRows();
  }
  emit countChanged();
}

int ThingsViewModel::rowCount(const QModelIndex& parent) const
{
  return parent.isValid() ? 0 : count();
}

QVariant ThingsViewModel::data(const QModelIndex& index, int role) const
{
  if (!index.isValid() || index.row() >= count() || role != thingRole) return {};
  return QVariant::fromValue(things_[static_cast<std::size_t>(index.row())]);
}

QHash<int, QByteArray> ThingsViewModel::roleNames() const
{
  return {{thingRole, "thing"}};
}

} // namespace tutti::app
