#include "ThingsViewModel.hpp"

#include <functional>

namespace tutti::app {

void ThingsViewModel::show(const std::vector<QObject*>& things)
{
  turnInto(things_, things, std::identity{});
}

QVariant ThingsViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index) || role != thingRole) return {};
  return QVariant::fromValue(things_[static_cast<std::size_t>(index.row())]);
}

QHash<int, QByteArray> ThingsViewModel::roleNames() const
{
  return {{thingRole, "thing"}};
}

} // namespace tutti::app
