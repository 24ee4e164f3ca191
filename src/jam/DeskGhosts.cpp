#include <tutti/jam/Desk.hpp>

#include <utility>

#include <tutti/patch/Name.hpp>

/// Who stays after they have left.
namespace tutti::jam {

/// More, or less, than everybody begins with. What is only seen does not count but for what is chosen.
bool Desk::isWiredByHand(const Voice& voice) const
{
  const auto isTheirs = [&](patch::ModuleId id) { return id == voice.source || id == voice.stripId; };
  std::size_t usual = 0;
  for (const auto& connection : patch_.connections()) {
    const auto from = connection.from.module;
    const auto to = connection.to.module;
    if (!isTheirs(from) && !isTheirs(to)) continue;
    const bool isUsual =
      (from == voice.source && to == voice.stripId) || (from == voice.stripId && to == masterId_);
    if (!isUsual || connection.gain != audio::Decibels{}) return true;
    ++usual;
  }
  const auto isDressed = [&](patch::ModuleId id) {
    const auto& about = patch_.find(id)->about;
    return about.looks.colour || about.looks.group != patch::GroupId{};
  };
  return usual != 2 || isDressed(voice.source) || isDressed(voice.stripId);
}

void Desk::forgetRemovedGhosts()
{
  std::erase_if(ghosts_, [this](const auto& ghost) {
    return patch_.find(ghost.second.source) == nullptr || patch_.find(ghost.second.stripId) == nullptr;
  });
}

/// To the place that was kept for somebody of this name.
bool Desk::comesBack(const PlayerId& id, std::string_view name, const std::shared_ptr<patch::Module>& source)
{
  forgetRemovedGhosts();
  const auto ghost = ghosts_.find(patch::nameFrom(name));
  if (ghost == ghosts_.end()) return false;
  const auto [sourceId, stripId, strip] = ghost->second;
  ghosts_.erase(ghost);
  swap(sourceId, source);
  history_.replace(sourceId, source);
  voices_.emplace(id, Voice{std::string{name}, sourceId, stripId, strip, std::nullopt, std::nullopt});
  play();
  return true;
}

} // namespace tutti::jam
