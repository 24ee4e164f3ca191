#include "PeersViewModel.hpp"

#include <algorithm>
#include <tuple>

#include <QStringList>

#include "window/Wording.hpp"

namespace tutti::app {

void PeersViewModel::show(const engine::Snapshot& snapshot)
{
  turnInto(rows_, rowsOf(snapshot), &Row::id);
}

QVariant PeersViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index)) return {};
  const auto& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
  case nameRole:
    return row.name;
  case addressesRole:
    return row.addresses;
  case familiesRole:
    return row.families;
  case isInOurSessionRole:
    return row.isInOurSession;
  case sessionRole:
    return row.session;
  case offsetRole:
    return row.offset;
  case ageRole:
    return row.age;
  case spokenRole:
    return spoken(row);
  default:
    return {};
  }
}

QHash<int, QByteArray> PeersViewModel::roleNames() const
{
  return {{nameRole, "name"},         {addressesRole, "addresses"},
          {familiesRole, "families"}, {isInOurSessionRole, "isInOurSession"},
          {sessionRole, "session"},   {offsetRole, "offset"},
          {ageRole, "age"},           {spokenRole, "spoken"}};
}

PeersViewModel::Row PeersViewModel::rowOf(const link::PeerStatus& peer, HostTime now)
{
  QStringList addresses;
  bool hasV4 = false;
  bool hasV6 = false;
  for (const auto& endpoint : peer.heardFrom) {
    (endpoint.address.isV4() ? hasV4 : hasV6) = true;
    addresses << QString::fromStdString(endpoint.address.text());
  }
  addresses.removeDuplicates();
  Row row{.id = peer.id,
          .isInOurSession = peer.isInOurSession,
          .name = {},
          .addresses = {},
          .families = {},
          .session = {},
          .offset = {},
          .age = {}};
  row.name = QString::fromStdString(peer.id.text());
  row.addresses = addresses.join(QStringLiteral("  "));
  row.families = hasV4 && hasV6 ? tr("IPv4 + IPv6") : hasV6 ? tr("IPv6") : tr("IPv4");
  row.session = peer.isInOurSession
                  ? tr("this session")
                  : tr("session %1 at %2 bpm")
                      .arg(QString::fromStdString(peer.session.text()), wording::tempo(peer.tempo.bpm()));
  if (peer.phaseError) {
    row.offset = wording::offset(*peer.phaseError);
    if (peer.spread) row.offset = tr("%1 ± %2").arg(row.offset, wording::duration(*peer.spread));
  }
  if (peer.measuredAt) row.age = wording::age(now - *peer.measuredAt);
  return row;
}

QString PeersViewModel::spoken(const Row& row)
{
  const auto heard =
    tr("Peer %1 in %2, heard on %3 from %4").arg(row.name, row.session, row.families, row.addresses);
  if (row.offset.isEmpty()) return tr("%1, not measured yet").arg(heard);
  return tr("%1, offset %2, measured %3").arg(heard, row.offset, row.age);
}

std::vector<PeersViewModel::Row> PeersViewModel::rowsOf(const engine::Snapshot& snapshot)
{
  std::vector<Row> rows;
  rows.reserve(snapshot.link.peers.size());
  for (const auto& peer : snapshot.link.peers) rows.push_back(rowOf(peer, snapshot.at));
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tuple{!a.isInOurSession, a.id} < std::tuple{!b.isInOurSession, b.id};
  });
  return rows;
}

} // namespace tutti::app
