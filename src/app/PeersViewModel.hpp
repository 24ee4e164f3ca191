#pragma once

#include <QtQml/qqmlregistration.h>

#include <tutti/engine/Engine.hpp>

#include "ListViewModel.hpp"

namespace tutti::app {

/// The other Link programs: those of our session first, each row in words.
///
/// Threads: gui.
class PeersViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the stage hands it out")

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

  using ListViewModel::ListViewModel;

  void show(const engine::Snapshot& snapshot);

  [[nodiscard]] int count() const override { return static_cast<int>(rows_.size()); }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

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

  std::vector<Row> rows_;
};

} // namespace tutti::app
