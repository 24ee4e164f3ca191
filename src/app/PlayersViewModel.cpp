#include "PlayersViewModel.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::app {

PlayersViewModel::PlayersViewModel(Wishes& wishes, Clock clock)
  : wishes_{wishes}
  , clock_{std::move(clock)}
{}

void PlayersViewModel::show(const std::vector<jam::PlayerSnapshot>& players, HostTime at)
{
  const auto countBefore = count();
  removeGone(players);
  // Who is left is in the new order already: new ones are slipped in between.
  for (std::size_t i = 0; i < players.size(); ++i) {
    if (i == players_.size() || players_[i]->id() != players[i].id) insert(i, players[i].id);
    players_[i]->show(players[i], at);
  }
  while (players_.size() > players.size()) remove(count() - 1);
  if (count() != countBefore) emit countChanged();
  showLongestDelay();
}

PlayerViewModel* PlayersViewModel::find(const jam::PlayerId& id) const
{
  const auto found = std::ranges::find_if(players_, [&](const auto& player) { return player->id() == id; });
  return found == players_.end() ? nullptr : found->get();
}

QVariant PlayersViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index) || role != playerRole) return {};
  return QVariant::fromValue(players_[static_cast<std::size_t>(index.row())].get());
}

QHash<int, QByteArray> PlayersViewModel::roleNames() const
{
  return {{playerRole, "player"}};
}

void PlayersViewModel::removeGone(const std::vector<jam::PlayerSnapshot>& players)
{
  for (int i = count() - 1; i >= 0; --i) {
    const auto& id = players_[static_cast<std::size_t>(i)]->id();
    const auto isSame = [&](const jam::PlayerSnapshot& player) { return player.id == id; };
    if (std::none_of(players.begin(), players.end(), isSame)) remove(i);
  }
}

void PlayersViewModel::remove(int at)
{
  beginRemoveRows({}, at, at);
  const auto gone = players_.begin() + at;
  gone->release()->deleteLater(); // QML may be looking at it until the end of this turn
  players_.erase(gone);
  endRemoveRows();
}

void PlayersViewModel::insert(std::size_t at, const jam::PlayerId& id)
{
  auto player = std::make_unique<PlayerViewModel>(id, wishes_, clock_);
  QQmlEngine::setObjectOwnership(player.get(), QQmlEngine::CppOwnership);
  beginInsertRows({}, static_cast<int>(at), static_cast<int>(at));
  players_.insert(players_.begin() + static_cast<std::ptrdiff_t>(at), std::move(player));
  endInsertRows();
}

void PlayersViewModel::showLongestDelay()
{
  constexpr double kStep = 10; // ms: the bars of all must not breathe with each of them
  double longest = kStep;
  for (const auto& player : players_)
    if (!player->mode()->isInBeats())
      longest = std::max(longest, std::ceil(player->delay()->total() / kStep) * kStep);
  if (longest == longestDelay_) return;
  longestDelay_ = longest;
  emit longestDelayChanged();
}

} // namespace tutti::app
