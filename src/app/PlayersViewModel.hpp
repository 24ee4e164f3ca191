#pragma once

#include <QQmlEngine>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

#include "ListViewModel.hpp"
#include "PlayerViewModel.hpp"

namespace tutti::app {

/// The other members of the room, in the order in which they came. Who stays keeps their strip.
///
/// Threads: gui.
class PlayersViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(double longestDelay READ longestDelay NOTIFY longestDelayChanged)

public:
  enum Role { playerRole = Qt::UserRole };

  PlayersViewModel(Wishes& wishes, Clock clock);

  void show(const std::vector<jam::PlayerSnapshot>& players, HostTime at);

  /// Nothing: who is not here.
  [[nodiscard]] PlayerViewModel* find(const jam::PlayerId& id) const;
  [[nodiscard]] int count() const override { return static_cast<int>(players_.size()); }
  /// What the delay bars of all players are drawn against: a round figure above the longest of them, in ms.
  /// Who is heard beats later is none of them: their bar is full.
  [[nodiscard]] double longestDelay() const { return longestDelay_; }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
  void longestDelayChanged();

private:
  void removeGone(const std::vector<jam::PlayerSnapshot>& players);
  void remove(int at);
  void insert(std::size_t at, const jam::PlayerId& id);
  void showLongestDelay();

  Wishes& wishes_;
  Clock clock_;
  std::vector<std::unique_ptr<PlayerViewModel>> players_;
  double longestDelay_ = 10;
};

} // namespace tutti::app
