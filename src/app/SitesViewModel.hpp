#pragma once

#include <QtQml/qqmlregistration.h>

#include <vector>

#include <tutti/bridge/Snapshot.hpp>

#include "ListViewModel.hpp"

namespace tutti::app {

/// The other sites of a bridge by name, each row in words.
///
/// Threads: gui.
class SitesViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the bridge hands it out")

public:
  enum Role {
    nameRole = Qt::UserRole,
    peersRole,  ///< "3 Link programs"
    wayRole,    ///< "Direct, over the Internet, 41 ms there and back"
    clockRole,  ///< "Its beat: +40 µs ± 120 µs, at worst ± 20 ms"
    remarkRole, ///< What is special about it; may be empty.
    spokenRole
  };

  using ListViewModel::ListViewModel;

  void show(const std::vector<bridge::SiteSnapshot>& sites);

  [[nodiscard]] int count() const override { return static_cast<int>(rows_.size()); }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
  struct Row {
    room::MemberId member;
    QString name, peers, way, clock, remark;
    friend bool operator==(const Row&, const Row&) = default;
  };
  static Row rowOf(const bridge::SiteSnapshot& site);
  static QString wayOf(const bridge::SiteSnapshot& site);
  static QString clockOf(const bridge::SiteSnapshot& site);
  static QString remarkOn(const bridge::SiteSnapshot& site);
  static QString spoken(const Row& row);

  std::vector<Row> rows_;
};

} // namespace tutti::app
