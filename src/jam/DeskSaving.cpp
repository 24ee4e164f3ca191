#include <algorithm>
#include <set>

#include <tutti/jam/Desk.hpp>

#include "Cast.hpp"

/// The desk as a file has it.
namespace tutti::jam {

/// What is there for a while only: recorders, and the device's tracks.
std::vector<patch::ModuleId> Desk::passing() const
{
  std::vector<patch::ModuleId> ids;
  for (const auto& id : {tapId_, instrumentTapId_})
    if (id) ids.push_back(*id);
  for (const auto& [player, voice] : voices_)
    for (const auto& id : {voice.directOut, voice.tap})
      if (id) ids.push_back(*id);
  return ids;
}

std::map<patch::ModuleId, std::string> Desk::roles() const
{
  std::map<patch::ModuleId, std::string> roles{
    {inputId_, std::string{part::kInstrument}}, {ownId_, std::string{part::kOwnStrip}},
    {clickId_, std::string{part::kMetronome}},  {metronomeId_, std::string{part::kMetronomeStrip}},
    {masterId_, std::string{part::kMaster}},    {outputId_, std::string{part::kOutput}}};
  if (roomId_) roles.emplace(*roomId_, part::kRoom);
  for (const auto& [player, voice] : voices_) {
    roles.emplace(voice.source, part::player(voice.name));
    roles.emplace(voice.stripId, part::strip(voice.name));
  }
  for (const auto& [name, ghost] : ghosts_) {
    roles.emplace(ghost.source, part::player(name));
    roles.emplace(ghost.stripId, part::strip(name));
  }
  return roles;
}

patch::Snapshot Desk::save() const
{
  const auto passing = this->passing();
  const auto isPassing = [&](patch::ModuleId id) { return std::ranges::find(passing, id) != passing.end(); };
  const auto roles = this->roles();
  auto saved = patch_.snapshot();
  std::erase_if(saved.modules, [&](const auto& module) { return isPassing(module.id); });
  std::erase_if(saved.connections, [&](const auto& connection) {
    return isPassing(connection.from.module) || isPassing(connection.to.module);
  });
  for (auto& module : saved.modules)
    if (const auto role = roles.find(module.id); role != roles.end()) module.role = {.name = role->second};
  return saved;
}

} // namespace tutti::jam
