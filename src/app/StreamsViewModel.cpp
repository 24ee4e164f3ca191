#include "StreamsViewModel.hpp"

#include <algorithm>
#include <utility>

namespace tutti::app {
namespace {

QString namesOf(const std::vector<endpoint::StreamOffer>& streams)
{
  QStringList names;
  for (const auto& stream : streams) names << QString::fromStdString(stream.name);
  return names.join(QStringLiteral(", "));
}

} // namespace

void StreamsViewModel::show(const engine::LanSnapshot& snapshot)
{
  std::vector<Row> rows;
  rows.reserve(snapshot.servers.size());
  for (const auto& server : snapshot.servers) rows.push_back(rowOf(server));
  QStringList offers;
  for (const auto& offer : snapshot.offers) offers << QString::fromStdString(offer.name);
  QStringList names;
  for (const auto& name : snapshot.listeners) names << QString::fromStdString(name);
  const auto listeners =
    names.isEmpty() ? QString{} : tr("Heard by %1").arg(names.join(QStringLiteral(", ")));
  const auto problem = QString::fromStdString(snapshot.problem);
  const bool isOther = turnInto(rows_, std::move(rows), &Row::name);
  if (!isOther && offers == offers_ && listeners == listeners_ && problem == problem_) return;
  offers_ = offers;
  listeners_ = listeners;
  problem_ = problem;
  emit changed();
}

void StreamsViewModel::refuse(const QString& why)
{
  if (std::exchange(refusal_, why) != why) emit changed();
}

void StreamsViewModel::offer(const QString& name)
{
  refuse({});
  if (!name.trimmed().isEmpty()) emit offerWanted(name.trimmed());
}

QVariant StreamsViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index)) return {};
  const auto& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
  case nameRole:
    return row.name;
  case aboutRole:
    return row.about;
  case isWantedRole:
    return row.isWanted;
  case isConnectedRole:
    return row.isConnected;
  case problemRole:
    return row.problem;
  default:
    return {};
  }
}

QHash<int, QByteArray> StreamsViewModel::roleNames() const
{
  return {{nameRole, "name"},
          {aboutRole, "about"},
          {isWantedRole, "isWanted"},
          {isConnectedRole, "isConnected"},
          {problemRole, "problem"}};
}

StreamsViewModel::Row StreamsViewModel::rowOf(const engine::LanServerSnapshot& server)
{
  QStringList about;
  if (!server.fromServer.empty()) about << tr("You can hear: %1").arg(namesOf(server.fromServer));
  if (!server.toServer.empty()) about << tr("Plays for you: %1").arg(namesOf(server.toServer));
  if (about.isEmpty()) about << (server.isNear ? tr("In this network") : tr("Not in this network now"));
  return {QString::fromStdString(server.name), about.join('\n'), QString::fromStdString(server.problem),
          server.isWanted, server.isConnected};
}

} // namespace tutti::app
