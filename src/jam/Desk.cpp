#include <tutti/jam/Desk.hpp>

#include <tutti/core/Assert.hpp>

namespace tutti::jam {
namespace {

using Channel = patch::MixStrip::Channel;
using Tap = patch::MixStrip::Tap;

audio::MetronomeSettings metronomeSettings(bool isOn)
{
  audio::MetronomeSettings settings;
  if (!isOn) settings.level = audio::Gain::silence();
  return settings;
}

} // namespace

Desk::Desk()
{
  inputId_ = put(std::make_shared<patch::DeviceInput>(), "Instrument");
  ownId_ = put(own_, "Own strip");
  metronome_->set(metronomeSettings(false));
  const auto metronome = put(metronome_, "Metronome");
  metronomeId_ = put(metronomeStrip_, "Metronome strip");
  masterId_ = put(master_, "Master");
  const auto output = put(std::make_shared<patch::DeviceOutput>(), "Output");
  join(inputId_, ownId_);
  join(metronome, metronomeId_);
  join(metronomeId_, masterId_);
  join(masterId_, output);
  play();
}

patch::ModuleId Desk::put(std::shared_ptr<patch::Module> module, std::string_view name)
{
  const auto id = patch_.add(std::move(module), name);
  TUTTI_ASSERT(id.has_value());
  return *id;
}

patch::ConnectionId Desk::join(patch::ModuleId from, patch::ModuleId to)
{
  const auto id = patch_.connect({from, 0}, {to, 0});
  TUTTI_ASSERT(id.has_value());
  return *id;
}

void Desk::setInput(const InputChoice& input)
{
  if (input == input_) return;
  input_ = input;
  setInstrument(std::make_shared<patch::DeviceInput>(
    patch::DeviceChannels{.first = input.first, .count = input.isStereo ? 2U : 1U}));
}

void Desk::setInstrument(std::shared_ptr<patch::Module> instrument)
{
  patch_.remove(inputId_);
  inputId_ = put(std::move(instrument), "Instrument");
  join(inputId_, ownId_);
  if (instrumentTapId_) join(inputId_, *instrumentTapId_);
  play();
}

void Desk::setMonitoring(bool isOn)
{
  if (isOn == isMonitoring()) return;
  if (monitor_) {
    patch_.disconnect(*monitor_);
    monitor_.reset();
  } else {
    monitor_ = join(ownId_, masterId_);
  }
  play();
}

void Desk::sendTo(std::shared_ptr<ToRoom> room)
{
  if (roomId_) patch_.remove(*roomId_);
  roomId_.reset();
  if (room) {
    roomId_ = put(std::move(room), "To the room");
    join(ownId_, *roomId_);
  }
  play();
}

/// For so many modules of players; what is our own keeps its places.
bool Desk::hasRoomFor(std::size_t modules) const
{
  constexpr std::size_t kOwn = 3; // to the room, recorders of master and instrument
  return patch_.modules().size() + modules + kOwn <= patch::Snapshot::kMostModules;
}

bool Desk::add(const PlayerId& id, std::string_view name, std::shared_ptr<patch::Module> source)
{
  if (voices_.contains(id)) {
    replace(id, std::move(source));
    return true;
  }
  if (!hasRoomFor(2)) return false;
  const auto known = remembered_.find(std::string{name});
  auto strip = std::make_shared<patch::MixStrip>(solos_, known == remembered_.end() ? patch::StripSettings{}
                                                                                    : known->second);
  Voice voice{std::string{name}, put(std::move(source), name), {}, strip, std::nullopt, std::nullopt};
  voice.stripId = put(strip, std::string{name} + " strip");
  join(voice.source, voice.stripId);
  join(voice.stripId, masterId_);
  voices_.emplace(id, std::move(voice));
  play();
  return true;
}

void Desk::replace(const PlayerId& id, std::shared_ptr<patch::Module> source)
{
  const auto voice = voices_.find(id);
  if (voice == voices_.end()) return;
  patch_.remove(voice->second.source);
  voice->second.source = put(std::move(source), voice->second.name);
  join(voice->second.source, voice->second.stripId);
  if (voice->second.directOut) join(voice->second.source, *voice->second.directOut);
  if (voice->second.tap) join(voice->second.source, *voice->second.tap);
  play();
}

void Desk::setDirectOut(const PlayerId& id, std::size_t firstChannel)
{
  const auto voice = voices_.find(id);
  if (voice == voices_.end()) return;
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
  const auto voice = voices_.find(id);
  if (voice == voices_.end()) return;
  keepSettings(voice->second);
  if (voice->second.directOut) patch_.remove(*voice->second.directOut);
  if (voice->second.tap) patch_.remove(*voice->second.tap);
  patch_.remove(voice->second.source);
  patch_.remove(voice->second.stripId);
  voices_.erase(voice);
  play();
}

void Desk::keepSettings(const Voice& voice)
{
  constexpr std::size_t kMost = 256; // names that strangers choose
  const auto settings = voice.strip->settings();
  if (settings == patch::StripSettings{})
    remembered_.erase(voice.name);
  else if (remembered_.size() < kMost || remembered_.contains(voice.name))
    remembered_.insert_or_assign(voice.name, settings);
}

const std::map<std::string, patch::StripSettings>& Desk::remembered()
{
  for (const auto& [id, voice] : voices_) keepSettings(voice);
  return remembered_;
}

void Desk::setMetronomeOn(bool isOn)
{
  isMetronomeOn_ = isOn;
  metronome_->set(metronomeSettings(isOn));
}

void Desk::tap(patch::ModuleId source, std::optional<patch::ModuleId>& tap,
               std::shared_ptr<patch::Module> listener)
{
  if (tap) patch_.remove(*tap);
  tap.reset();
  if (listener) {
    tap = put(std::move(listener), "Recorder");
    join(source, *tap);
  }
  play();
}

void Desk::tapMaster(std::shared_ptr<patch::Module> listener)
{
  tap(masterId_, tapId_, std::move(listener));
}

void Desk::tapInstrument(std::shared_ptr<patch::Module> listener)
{
  tap(inputId_, instrumentTapId_, std::move(listener));
}

void Desk::tapPlayer(const PlayerId& id, std::shared_ptr<patch::Module> listener)
{
  const auto voice = voices_.find(id);
  const bool isMore = listener && voice != voices_.end() && !voice->second.tap;
  if (voice != voices_.end() && (!isMore || hasRoomFor(1)))
    tap(voice->second.source, voice->second.tap, std::move(listener));
}

patch::MixStrip* Desk::strip(const StripId& id)
{
  switch (id.kind) {
  case StripId::Kind::own:
    return own_.get();
  case StripId::Kind::metronome:
    return metronomeStrip_.get();
  case StripId::Kind::master:
    return master_.get();
  case StripId::Kind::player:
    break;
  }
  const auto voice = voices_.find(id.player);
  return voice == voices_.end() ? nullptr : voice->second.strip.get();
}

StripSnapshot Desk::show(const StripId& id)
{
  StripSnapshot shown;
  auto* const strip = this->strip(id);
  if (strip == nullptr) return shown;
  const auto settings = strip->settings();
  shown.isLinked = settings.isLinked;
  for (const auto channel : {Channel::first, Channel::second}) {
    const auto index = static_cast<std::size_t>(channel);
    const auto& set = settings.channels[index];
    shown.channels[index] = {set.gain,     set.pan,        set.isMuted,
                             set.isSoloed, set.isInverted, strip->level(Tap::output, channel)};
  }
  return shown;
}

} // namespace tutti::jam
