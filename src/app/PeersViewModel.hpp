#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <tutti/engine/Engine.hpp>

namespace tutti::app {

/// The other Link programs: those of our session first, each row in words.
///
/// Threads: gui.
class PeersViewModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
  enum Role {
    nameRole = Qt::UserRole,
    addressesRole,
    familiesRole,
    isInOurSessionRole,
    sessionRole,
    offsetRole,
    ageRole,
    spokenRole
  };

  using QAbstractListModel::QAbstractListModel;

  void show(const engine::Snapshot& snapshot);

  [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
  void countChanged();

private:
  struct Row {
    NodeId id;
    bool isInOurSession = false;
    QString name, addresses, families, session, offset, age;
    friend bool operator==(const Row&, const Row&) = default;
  };
  static Row rowOf(const link::PeerStatus& peer, HostTime now);
  static QString spoken(const Row& row);
  static std::vector<Row> rowsOf(const engine::Snapshot& snapshot);

  void removeGone(const std::vector<Row>& rows);
  void takeOver(std::vector<Row> rows);

  std::vector<Row> rows_;
};

} // namespace tutti::app
