#include <utility>

#include <tutti/patch/DeviceModules.hpp>

#include "Seating.hpp"

/// Who comes with a strip, and goes.
namespace tutti::jam {

bool Desk::add(const PlayerId& id, std::string_view name, std::shared_ptr<patch::Module> source)
{
  if (seats_->voices.contains(id)) {
    replace(id, std::move(source));
    return true;
  }
  if (comesBack(id, name, source)) return true;
  if (!hasRoomFor(2)) return false;
  Seating::Voice voice{std::string{name}, put(std::move(source), name), {}, stripFor(name)};
  voice.stripId = put(voice.strip, voice.name + " strip");
  join(voice.source, voice.stripId);
  join(voice.stripId, seats_->masterId);
  seats_->voices.emplace(id, std::move(voice));
  play();
  return true;
}

/// To the place that was kept for somebody of this name. A strip that is not there comes as a new one does.
bool Desk::comesBack(const PlayerId& id, std::string_view name, const std::shared_ptr<patch::Module>& source)
{
  auto& ghosts = seats_->ghosts;
  const auto who = Ghosts::player(name);
  auto spot = ghosts.take(who, patch_);
  if (!spot) return false;
  if (!spot->stripId && !hasRoomFor(1)) {
    ghosts.keep(who, std::move(*spot));
    return false;
  }
  swap(spot->source, source);
  history_.replace(spot->source, source);
  if (!spot->strip) {
    spot->strip = stripFor(name);
    if (spot->stripId) {
      swap(*spot->stripId, spot->strip);
    } else {
      spot->stripId = put(spot->strip, std::string{name} + " strip");
      join(spot->source, *spot->stripId);
      join(*spot->stripId, seats_->masterId);
    }
  }
  seats_->voices.emplace(id, Seating::Voice{std::string{name}, spot->source, *spot->stripId, spot->strip});
  play();
  return true;
}

/// Set as it was when we last played together.
std::shared_ptr<patch::MixStrip> Desk::stripFor(std::string_view name) const
{
  const auto known = remembered_.find(std::string{name});
  return std::make_shared<patch::MixStrip>(solos_, known == remembered_.end() ? patch::StripSettings{}
                                                                              : known->second);
}

void Desk::replace(const PlayerId& id, std::shared_ptr<patch::Module> source)
{
  const auto voice = seats_->voices.find(id);
  if (voice == seats_->voices.end()) return;
  swap(voice->second.source, std::move(source));
  play();
}

void Desk::setDirectOut(const PlayerId& id, std::size_t firstChannel)
{
  const auto voice = seats_->voices.find(id);
  if (voice == seats_->voices.end()) return;
  auto& out = voice->second.directOut;
  if (!out && !hasRoomFor(1)) return;
  if (out) patch_.remove(*out);
  out = put(std::make_shared<patch::DeviceOutput>(patch::DeviceChannels{.first = firstChannel, .count = 2}),
            voice->second.name + " track");
  join(voice->second.source, *out);
  play();
}

void Desk::remove(const PlayerId& id)
{
  const auto found = seats_->voices.find(id);
  if (found == seats_->voices.end()) return;
  const auto voice = std::move(found->second);
  seats_->voices.erase(found);
  keepSettings(voice.name, *voice.strip);
  if (voice.directOut) patch_.remove(*voice.directOut);
  if (voice.tap) patch_.remove(*voice.tap);
  letGo(Ghosts::player(voice.name), {voice.source, voice.stripId, voice.strip}, "has left the room");
}

void Desk::tapPlayer(const PlayerId& id, std::shared_ptr<patch::Module> listener)
{
  const auto voice = seats_->voices.find(id);
  const bool isMore = listener && voice != seats_->voices.end() && !voice->second.tap;
  if (voice != seats_->voices.end() && (!isMore || hasRoomFor(1)))
    tap(voice->second.source, voice->second.tap, std::move(listener));
}

void Desk::keepSettings(const std::string& name, const patch::MixStrip& strip)
{
  constexpr std::size_t kMost = 256; // names that strangers choose
  const auto settings = strip.settings();
  if (settings == patch::StripSettings{})
    remembered_.erase(name);
  else if (remembered_.size() < kMost || remembered_.contains(name))
    remembered_.insert_or_assign(name, settings);
}

const std::map<std::string, patch::StripSettings>& Desk::remembered()
{
  for (const auto& [id, voice] : seats_->voices) keepSettings(voice.name, *voice.strip);
  return remembered_;
}

} // namespace tutti::jam
