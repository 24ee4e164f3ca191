#pragma once

#include <QStringList>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include <optional>
#include <vector>

#include <tutti/engine/ChannelsSnapshot.hpp>

#include "ListViewModel.hpp"

namespace tutti::app {

/// Audio channels of the Link session: what other programs publish, which of it is heard, and what of ours
/// they may hear.
///
/// Threads: gui. Wishes leave as signals; what became of one is in a later snapshot, or in `refuse`.
class ChannelsViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(bool isOn READ isOn NOTIFY changed)
  Q_PROPERTY(int mostBeats READ mostBeats CONSTANT)
  Q_PROPERTY(bool isBridged READ isBridged NOTIFY changed)
  Q_PROPERTY(bool publishesEverybody READ publishesEverybody NOTIFY changed)
  Q_PROPERTY(QVariantList ours READ ours NOTIFY changed)
  Q_PROPERTY(QVariantList choices READ choices NOTIFY changed)
  Q_PROPERTY(QString problem READ problem NOTIFY changed)
  Q_PROPERTY(QString refusal READ refusal NOTIFY changed)

public:
  enum Role {
    peerRole = Qt::UserRole, ///< Or the site that it comes from; only with the first of its channels.
    nameRole,
    spokenRole,    ///< Peer and channel.
    aboutRole,     ///< How it fares; empty: it is only offered.
    problemRole,   ///< Why it is silent.
    isInPatchRole, ///< A card of the patch.
    levelRole,     ///< dBFS
    beatsRole,     ///< 0: live.
    canTravelRole, ///< The room's other sites could have it.
    travelsRole    ///< They may.
  };

  using ListViewModel::ListViewModel;

  void show(const engine::ChannelsSnapshot& snapshot);
  /// Why the last channel is not published.
  void refuse(const QString& why);

  [[nodiscard]] bool isOn() const { return isOn_; }
  [[nodiscard]] int count() const override { return static_cast<int>(rows_.size()); }
  [[nodiscard]] int mostBeats() const { return linkaudio::Placement::kMostBeats; }
  /// There may be other sites in the room.
  [[nodiscard]] bool isBridged() const { return isBridged_; }
  [[nodiscard]] bool publishesEverybody() const { return publishesEverybody_; }
  /// What is published: `name`, and `about` it.
  [[nodiscard]] QVariantList ours() const { return ours_; }
  /// What could be: `title`, and `player`, empty for the mix.
  [[nodiscard]] QVariantList choices() const { return choices_; }
  [[nodiscard]] QString problem() const { return problem_; }
  [[nodiscard]] QString refusal() const { return refusal_; }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  Q_INVOKABLE void turn(bool isOn) { emit turnWanted(isOn); }
  Q_INVOKABLE void listen(int row);
  Q_INVOKABLE void stop(int row);
  /// 0: live.
  Q_INVOKABLE void place(int row, int beats);
  /// The room's other sites may have it.
  Q_INVOKABLE void carry(int row, bool isWanted);
  /// A player's strip; empty: the mix.
  Q_INVOKABLE void publish(const QString& player);
  Q_INVOKABLE void publishEverybody(bool isWanted) { emit everybodyWanted(isWanted); }
  Q_INVOKABLE void withdraw(const QString& name) { emit withdrawWanted(name); }

signals:
  void turnWanted(bool isOn);
  void listenWanted(const tutti::linkaudio::ChannelId& channel);
  void stopWanted(const QString& guest);
  void placeWanted(const QString& guest, tutti::linkaudio::Placement placement);
  void carryWanted(const tutti::linkaudio::ChannelPattern& channel, bool isWanted);
  void publishWanted(const tutti::engine::ChannelOffer& offer);
  void everybodyWanted(bool isWanted);
  void withdrawWanted(const QString& name);

  void changed();

private:
  struct Row {
    QString peer, group, name, spoken, about, problem, guest; // peer: of the first of a group
    std::optional<linkaudio::ChannelId> id;
    double level = 0;
    int beats = 0;
    std::optional<linkaudio::ChannelPattern> pattern; // of one that could travel
    bool travels = false;
    friend bool operator==(const Row&, const Row&) = default;
  };
  static Row rowOf(const engine::ChannelSnapshot& channel, bool isBridged);
  static QString aboutOf(const engine::ChannelSnapshot& channel);
  static QString soundOf(const engine::ChannelSnapshot& channel);
  static QString problemOf(const engine::ChannelSnapshot& channel);
  static QVariantList oursOf(const engine::ChannelsSnapshot& snapshot);
  static QVariantList choicesOf(const engine::ChannelsSnapshot& snapshot);

  std::vector<Row> rows_;
  QVariantList ours_;
  QVariantList choices_;
  QString problem_;
  QString refusal_;
  bool isOn_ = false;
  bool isBridged_ = false;
  bool publishesEverybody_ = false;
};

} // namespace tutti::app
