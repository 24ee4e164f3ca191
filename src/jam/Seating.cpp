#include "Seating.hpp"

#include "Cast.hpp"

namespace tutti::jam {

std::vector<patch::ModuleId> Seating::fixed() const
{
  std::vector<patch::ModuleId> ids{inputId, ownId, clickId, metronomeId, masterId, outputId};
  if (roomId) ids.push_back(*roomId);
  for (const auto& [player, voice] : voices) ids.insert(ids.end(), {voice.source, voice.stripId});
  for (const auto& [guest, place] : guests) ids.push_back(place);
  for (const auto id : passing()) ids.push_back(id);
  return ids;
}

std::vector<patch::ModuleId> Seating::passing() const
{
  std::vector<patch::ModuleId> ids;
  for (const auto& id : {tapId, instrumentTapId})
    if (id) ids.push_back(*id);
  for (const auto& [player, voice] : voices)
    for (const auto& id : {voice.directOut, voice.tap})
      if (id) ids.push_back(*id);
  return ids;
}

std::map<patch::ModuleId, std::string> Seating::roles() const
{
  std::map<patch::ModuleId, std::string> roles{
    {inputId, std::string{part::kInstrument}}, {ownId, std::string{part::kOwnStrip}},
    {clickId, std::string{part::kMetronome}},  {metronomeId, std::string{part::kMetronomeStrip}},
    {masterId, std::string{part::kMaster}},    {outputId, std::string{part::kOutput}}};
  if (roomId) roles.emplace(*roomId, part::kRoom);
  for (const auto& [player, voice] : voices) {
    roles.emplace(voice.source, part::player(voice.name));
    roles.emplace(voice.stripId, part::strip(voice.name));
  }
  for (const auto& [guest, place] : guests) roles.emplace(place, part::guest(guest.name));
  for (const auto& [who, spot] : ghosts.all()) {
    roles.emplace(spot.source, Ghosts::isPlayer(who) ? part::player(who.name) : part::guest(who.name));
    if (spot.stripId) roles.emplace(*spot.stripId, part::strip(who.name));
  }
  return roles;
}

std::map<patch::ModuleId, StripId> Seating::strips() const
{
  std::map<patch::ModuleId, StripId> strips{
    {ownId, StripId::own()}, {metronomeId, StripId::metronome()}, {masterId, StripId::master()}};
  for (const auto& [player, voice] : voices) strips.emplace(voice.stripId, StripId::of(player));
  return strips;
}

} // namespace tutti::jam
