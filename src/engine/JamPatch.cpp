#include <tutti/patch/Name.hpp>

#include "JamImpl.hpp"

namespace tutti::engine {
namespace {

/// Names of rooms are strangers'; one that looks like an invitation is in no file.
bool isToBeKept(const std::string& room)
{
  return !room.empty() && patch::isName(room) && !room.starts_with("tutti://");
}

bool isUsual(time::Beats quantum)
{
  return quantum >= time::Beats::fromMicroBeats(1'000'000) &&
         quantum <= time::Beats::fromMicroBeats(64'000'000);
}

} // namespace

patch::Snapshot Jam::Impl::patch()
{
  const auto grid = grid_();
  const std::lock_guard lock{mutex_};
  auto snapshot = desk_.save();
  auto& session = snapshot.session;
  session.tempo = grid.tempo().clamped();
  if (isUsual(grid.quantum())) session.quantum = grid.quantum();
  if (session_ && !echo_ && isToBeKept(status_.room.name)) session.room = status_.room.name;
  return snapshot;
}

Result<void> Jam::Impl::loadPatch(const patch::Snapshot& snapshot)
{
  Result<void> loaded;
  {
    const std::lock_guard lock{mutex_};
    loaded = desk_.load(snapshot);
  }
  if (loaded) changed();
  return loaded;
}

} // namespace tutti::engine
