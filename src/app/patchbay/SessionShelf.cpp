#include "patchbay/SessionShelf.hpp"

#include <chrono>
#include <utility>

#include <tutti/engine/PatchFile.hpp>
#include <tutti/engine/PatchPicture.hpp>

#include "patchbay/PatchWording.hpp"

namespace tutti::app {

namespace {

using Existing = engine::PatchLibrary::Existing;

/// Tempo, quantum and room are of the moment: whoever changes them has changed nothing that is to be saved.
patch::Snapshot withoutMoment(patch::Snapshot snapshot)
{
  snapshot.session = {};
  return snapshot;
}

QString pictureOf(const std::filesystem::path& file)
{
  const auto reading = engine::readPatch(file);
  return reading ? QString::fromStdString(engine::patchPicture(reading->snapshot)) : QString{};
}

} // namespace

void callSession(jam::Desk& desk, const std::string& name)
{
  static_cast<void>(desk.edit({}, [&](patch::Patch& patch) -> Result<void> {
    auto session = patch.session();
    session.name = name;
    patch.setSession(std::move(session));
    return {};
  }));
}

SessionShelf::SessionShelf(engine::PatchLibrary library, Playing playing)
  : library_{std::move(library)}
  , playing_{std::move(playing)}
{}

void SessionShelf::list()
{
  QList<SessionEntry> entries;
  for (const auto& entry : library_.list()) {
    const auto size = tr("%n module(s)", nullptr, static_cast<int>(entry.modules));
    const auto room = QString::fromStdString(entry.room);
    const auto savedAt =
      std::chrono::duration_cast<std::chrono::milliseconds>(entry.savedAt.time_since_epoch());
    entries.push_back({.name = QString::fromStdString(entry.name),
                       .about = room.isEmpty() ? size : tr("%1, in %2", "modules, in a room").arg(size, room),
                       .problem = QString::fromStdString(entry.problem),
                       .picture = entry.problem.empty() ? pictureOf(entry.file) : QString{},
                       .savedAt = savedAt.count()});
  }
  emit listed(entries);
}

void SessionShelf::open(const QString& name)
{
  const auto text = library_.find(name.toStdString()).and_then(engine::readPatchText);
  const auto refuse = [&](const std::string& why) {
    emit refused(
      tr("“%1” cannot be opened. %2 Everything plays on as before.").arg(name, wording::sentence(why)));
  };
  if (!text) return refuse(text.error().detail);
  const auto answer = playing_.load(*text);
  if (!answer.problem.empty()) return refuse(answer.problem);
  QStringList remarks;
  for (const auto& remark : answer.remarks) remarks << wording::sentence(remark);
  for (const auto& missing : answer.missing) remarks << wording::missing(missing.name, missing.why);
  settle();
  emit opened(name, remarks);
}

void SessionShelf::save(const QString& name, bool replaces)
{
  const auto trimmed = name.trimmed();
  if (!replaces && library_.find(trimmed.toStdString())) return emit exists(trimmed);
  const auto saved =
    library_.save(trimmed.toStdString(), playing_.save(), replaces ? Existing::replace : Existing::keep);
  if (!saved)
    return emit refused(tr("“%1” is not saved. %2").arg(trimmed, wording::sentence(saved.error().detail)));
  playing_.call(trimmed.toStdString());
  settle();
  emit this->saved(trimmed);
  list();
}

void SessionShelf::rename(const QString& name, const QString& now)
{
  const auto trimmed = now.trimmed();
  if (const auto done = library_.rename(name.toStdString(), trimmed.toStdString()); !done)
    return emit refused(tr("“%1” keeps its name. %2").arg(name, wording::sentence(done.error().detail)));
  emit renamed(name, trimmed);
  list();
}

void SessionShelf::remove(const QString& name)
{
  if (const auto done = library_.remove(name.toStdString()); !done)
    emit refused(tr("“%1” is still there. %2").arg(name, wording::sentence(done.error().detail)));
  list();
}

void SessionShelf::settle()
{
  kept_ = withoutMoment(playing_.save());
  emit compared(false);
}

void SessionShelf::compare()
{
  auto now = withoutMoment(playing_.save());
  if (!kept_) kept_ = now;
  emit compared(now != *kept_);
}

} // namespace tutti::app
