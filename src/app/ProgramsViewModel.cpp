#include "ProgramsViewModel.hpp"

#include <algorithm>
#include <utility>

namespace tutti::app {

using State = module::ProcessPicture::State;

void ProgramsViewModel::show(const engine::ProgramsSnapshot& snapshot)
{
  std::vector<Row> rows;
  rows.reserve(snapshot.programs.size());
  for (const auto& program : snapshot.programs) rows.push_back(rowOf(program));
  const auto problem = QString::fromStdString(snapshot.problem);
  const auto unapproved = static_cast<int>(
    std::ranges::count(snapshot.programs, State::notApproved, &module::ProcessPicture::state));
  const bool isOther = turnInto(rows_, std::move(rows), &Row::name);
  if (!isOther && problem == problem_ && unapproved == unapproved_) return;
  problem_ = problem;
  unapproved_ = unapproved;
  emit changed();
}

void ProgramsViewModel::refuse(const QString& why)
{
  if (std::exchange(refusal_, why) != why) emit changed();
}

void ProgramsViewModel::add(const QString& name, const QString& command)
{
  refuse({});
  emit addWanted(name.trimmed(), command.trimmed());
}

QVariant ProgramsViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index)) return {};
  const auto& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
  case nameRole:
    return row.name;
  case commandRole:
    return row.command;
  case stateRole:
    return row.state;
  case lastWordsRole:
    return row.lastWords;
  case isRunningRole:
    return row.isRunning;
  case canStartRole:
    return row.canStart;
  default:
    return {};
  }
}

QHash<int, QByteArray> ProgramsViewModel::roleNames() const
{
  return {{nameRole, "name"},           {commandRole, "command"},     {stateRole, "doing"},
          {lastWordsRole, "lastWords"}, {isRunningRole, "isRunning"}, {canStartRole, "canStart"}};
}

ProgramsViewModel::Row ProgramsViewModel::rowOf(const module::ProcessPicture& program)
{
  const auto state = program.state;
  const bool isRunning = state == State::running;
  const bool isOver = state == State::finished || state == State::givenUp || state == State::missing;
  QStringList words;
  for (const auto& line : program.lastWords) words << QString::fromStdString(line);
  auto told = QString::fromStdString(program.text);
  if (isRunning && told.isEmpty()) told = tr("Runs");
  return {QString::fromStdString(program.name),
          QString::fromStdString(program.command),
          told,
          words.join('\n'),
          isRunning,
          isOver};
}

} // namespace tutti::app
