#include "SitesViewModel.hpp"

#include <utility>

#include "window/Wording.hpp"

namespace tutti::app {

void SitesViewModel::show(const std::vector<bridge::SiteSnapshot>& sites)
{
  std::vector<Row> rows;
  rows.reserve(sites.size());
  for (const auto& site : sites) rows.push_back(rowOf(site));
  turnInto(rows_, std::move(rows), &Row::member);
}

QVariant SitesViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index)) return {};
  const auto& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
  case nameRole:
    return row.name;
  case peersRole:
    return row.peers;
  case wayRole:
    return row.way;
  case clockRole:
    return row.clock;
  case remarkRole:
    return row.remark;
  case spokenRole:
    return spoken(row);
  default:
    return {};
  }
}

QHash<int, QByteArray> SitesViewModel::roleNames() const
{
  return {{nameRole, "name"},   {peersRole, "peers"},   {wayRole, "way"},
          {clockRole, "clock"}, {remarkRole, "remark"}, {spokenRole, "spoken"}};
}

SitesViewModel::Row SitesViewModel::rowOf(const bridge::SiteSnapshot& site)
{
  return {site.member,
          QString::fromStdString(site.name),
          wording::programs(site.linkPeers),
          wayOf(site),
          clockOf(site),
          remarkOn(site)};
}

QString SitesViewModel::wayOf(const bridge::SiteSnapshot& site)
{
  if (!site.path) return tr("Out of reach");
  auto way = wording::path(site.path);
  if (!site.roundTrip) return way;
  return tr("%1, %2 there and back").arg(way, wording::duration(*site.roundTrip));
}

QString SitesViewModel::clockOf(const bridge::SiteSnapshot& site)
{
  if (!site.clock) return tr("Comparing clocks…");
  const auto likely = wording::duration(site.clock->likelyError);
  const auto worst = wording::duration(site.clock->bound);
  if (!site.phaseError) return tr("Clock known to ±\u00a0%1. Proven to ±\u00a0%2").arg(likely, worst);
  return tr("Its beat: %1 ±\u00a0%2. Proven to ±\u00a0%3")
    .arg(wording::offset(*site.phaseError), likely, worst);
}

QString SitesViewModel::remarkOn(const bridge::SiteSnapshot& site)
{
  if (!site.isInSession) return tr("Not in your session yet");
  if (site.isOnOurLan) return tr("On this network, too");
  if (site.isReference) return tr("Everybody follows its clock");
  return {};
}

QString SitesViewModel::spoken(const Row& row)
{
  const auto told = tr("%1, %2. %3. %4").arg(row.name, row.peers, row.way, row.clock);
  return row.remark.isEmpty() ? told : tr("%1. %2").arg(told, row.remark);
}

} // namespace tutti::app
