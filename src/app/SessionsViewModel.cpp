#include "SessionsViewModel.hpp"

#include <QDateTime>
#include <QLocale>

namespace tutti::app {

void SessionsViewModel::follow(SessionShelf& shelf)
{
  connect(this, &SessionsViewModel::listWanted, &shelf, &SessionShelf::list);
  connect(this, &SessionsViewModel::openWanted, &shelf, &SessionShelf::open);
  connect(this, &SessionsViewModel::saveWanted, &shelf, &SessionShelf::save);
  connect(this, &SessionsViewModel::renameWanted, &shelf, &SessionShelf::rename);
  connect(this, &SessionsViewModel::removeWanted, &shelf, &SessionShelf::remove);
  connect(&shelf, &SessionShelf::listed, this, &SessionsViewModel::showEntries);
  connect(&shelf, &SessionShelf::opened, this, &SessionsViewModel::showOpened);
  connect(&shelf, &SessionShelf::saved, this, &SessionsViewModel::showSaved);
  connect(&shelf, &SessionShelf::renamed, this, &SessionsViewModel::showRenamed);
  connect(&shelf, &SessionShelf::exists, this, &SessionsViewModel::showTaken);
  connect(&shelf, &SessionShelf::refused, this, &SessionsViewModel::showRefused);
  connect(&shelf, &SessionShelf::compared, this, &SessionsViewModel::showUnsaved);
}

void SessionsViewModel::showName(const QString& name)
{
  setOpen(name, isUnsaved_);
}

QString SessionsViewModel::stateText() const
{
  if (openName_.isEmpty()) return tr("What plays now is not saved as a session.");
  return isUnsaved_ ? tr("Changed since it was saved.") : tr("All of it is saved.");
}

QVariant SessionsViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index)) return {};
  const auto& entry = entries_[static_cast<std::size_t>(index.row())];
  switch (role) {
  case nameRole:
    return entry.name;
  case aboutRole:
    return entry.about;
  case whenRole:
    return QLocale{}.toString(QDateTime::fromMSecsSinceEpoch(entry.savedAt), QLocale::ShortFormat);
  case problemRole:
    return entry.problem;
  case pictureRole:
    return entry.picture;
  case isOpenRole:
    return entry.name == openName_;
  default:
    return {};
  }
}

QHash<int, QByteArray> SessionsViewModel::roleNames() const
{
  return {{nameRole, "name"},       {aboutRole, "about"},     {whenRole, "when"},
          {problemRole, "problem"}, {pictureRole, "picture"}, {isOpenRole, "isOpen"}};
}

void SessionsViewModel::open(const QString& name)
{
  dismiss();
  emit openWanted(name);
}

void SessionsViewModel::save()
{
  if (openName_.isEmpty()) return;
  dismiss();
  emit saveWanted(openName_, true);
}

void SessionsViewModel::saveAs(const QString& name)
{
  dismiss();
  if (!name.trimmed().isEmpty()) emit saveWanted(name, name.trimmed() == openName_);
}

void SessionsViewModel::replace()
{
  const auto name = takenName_;
  dismiss();
  if (!name.isEmpty()) emit saveWanted(name, true);
}

void SessionsViewModel::reopen()
{
  if (!openName_.isEmpty()) open(openName_);
}

void SessionsViewModel::rename(const QString& name, const QString& now)
{
  dismiss();
  if (!now.trimmed().isEmpty() && now.trimmed() != name) emit renameWanted(name, now);
}

void SessionsViewModel::remove(const QString& name)
{
  dismiss();
  emit removeWanted(name);
}

void SessionsViewModel::dismiss()
{
  tell({}, {}, {});
}

void SessionsViewModel::showEntries(const QList<SessionEntry>& entries)
{
  turnInto(entries_, {entries.begin(), entries.end()}, &SessionEntry::name);
}

void SessionsViewModel::showOpened(const QString& name, const QStringList& remarks)
{
  tell({}, remarks, {});
  setOpen(name, false);
}

void SessionsViewModel::showSaved(const QString& name)
{
  setOpen(name, false);
}

void SessionsViewModel::showRenamed(const QString& name, const QString& now)
{
  if (name == openName_) setOpen(now, isUnsaved_);
}

void SessionsViewModel::showTaken(const QString& name)
{
  tell({}, {}, name);
}

void SessionsViewModel::showRefused(const QString& why)
{
  tell(why, {}, {});
}

void SessionsViewModel::showUnsaved(bool isUnsaved)
{
  setOpen(openName_, isUnsaved);
}

void SessionsViewModel::tell(const QString& problem, const QStringList& remarks, const QString& taken)
{
  if (problem == problem_ && remarks == remarks_ && taken == takenName_) return;
  problem_ = problem;
  remarks_ = remarks;
  takenName_ = taken;
  emit toldChanged();
}

void SessionsViewModel::setOpen(const QString& name, bool isUnsaved)
{
  if (name == openName_ && isUnsaved == isUnsaved_) return;
  openName_ = name;
  isUnsaved_ = isUnsaved;
  emit stateChanged();
  if (count() > 0) emit dataChanged(index(0), index(count() - 1), {isOpenRole});
}

} // namespace tutti::app
