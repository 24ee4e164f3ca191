#include <tutti/jam/Desk.hpp>

#include <tutti/core/Assert.hpp>
#include <tutti/patch/Name.hpp>

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
  clickId_ = put(metronome_, "Metronome");
  metronomeId_ = put(metronomeStrip_, "Metronome strip");
  masterId_ = put(master_, "Master");
  outputId_ = put(std::make_shared<patch::DeviceOutput>(), "Output");
  join(inputId_, ownId_);
  join(clickId_, metronomeId_);
  join(metronomeId_, masterId_);
  join(masterId_, outputId_);
  workshop_.teach(std::string{patch::DeviceInput::kType}, patch::DeviceInput::make);
  workshop_.teach(std::string{patch::DeviceOutput::kType}, patch::DeviceOutput::make);
  workshop_.teach(std::string{patch::MetronomeModule::kType}, patch::MetronomeModule::make);
  workshop_.teach(std::string{patch::MixStrip::kType},
                  [solos = solos_](const auto& wanted) { return patch::MixStrip::make(wanted, solos); });
  play();
}

patch::ModuleId Desk::put(std::shared_ptr<patch::Module> module, std::string_view name)
{
  const auto id = patch_.add(std::move(module), name);
  TUTTI_ASSERT(id.has_value());
  return *id;
}

/// If a hand has not done so already.
void Desk::join(patch::ModuleId from, patch::ModuleId to)
{
  if (connectionOf(from, to)) return;
  const auto id = patch_.connect({from, 0}, {to, 0});
  TUTTI_ASSERT(id.has_value() || patch_.connections().size() == patch::Snapshot::kMostConnections);
}

std::optional<patch::ConnectionId> Desk::connectionOf(patch::ModuleId from, patch::ModuleId to) const
{
  for (const auto& connection : patch_.connections())
    if (connection.from == patch::Socket{from, 0} && connection.to == patch::Socket{to, 0})
      return connection.id;
  return std::nullopt;
}

/// Its cables stay, whatever ports it has.
void Desk::swap(patch::ModuleId place, std::shared_ptr<patch::Module> module)
{
  if (patch_.find(place)->module == module) return;
  const auto done = patch_.exchange(place, std::move(module));
  TUTTI_ASSERT(done.has_value());
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
  swap(inputId_, std::move(instrument));
  play();
}

bool Desk::isMonitoring() const
{
  return connectionOf(ownId_, masterId_).has_value();
}

void Desk::setMonitoring(bool isOn)
{
  if (const auto monitor = connectionOf(ownId_, masterId_); monitor && !isOn)
    patch_.disconnect(*monitor);
  else if (isOn)
    join(ownId_, masterId_);
  play();
}

/// From room to room its place is kept, so that what was connected to it by hand still is.
void Desk::sendTo(std::shared_ptr<ToRoom> room)
{
  if (!room && roomId_) {
    patch_.lose(*roomId_, "no room is joined");
  } else if (room && roomId_) {
    swap(*roomId_, std::move(room));
  } else if (room) {
    roomId_ = put(std::move(room), "To the room");
    join(ownId_, *roomId_);
  }
  play();
}

/// For so many modules of players; what is our own keeps its places.
bool Desk::hasRoomFor(std::size_t modules) const
{
  return patch_.modules().size() + modules + kOwn <= patch::Snapshot::kMostModules;
}

bool Desk::add(const PlayerId& id, std::string_view name, std::shared_ptr<patch::Module> source)
{
  if (voices_.contains(id)) {
    replace(id, std::move(source));
    return true;
  }
  if (comesBack(id, name, source)) return true;
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
  swap(voice->second.source, std::move(source));
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
  if (isWiredByHand(voice->second)) {
    patch_.lose(voice->second.source, "has left the room");
    forgetRemovedGhosts();
    ghosts_.emplace(patch::nameFrom(voice->second.name),
                    Ghost{voice->second.source, voice->second.stripId, voice->second.strip});
  } else {
    patch_.remove(voice->second.source);
    patch_.remove(voice->second.stripId);
  }
  history_.replace(voice->second.source, nullptr, "has left the room");
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
  if (isOn == isMetronomeOn_) return;
  isMetronomeOn_ = isOn;
  auto settings = metronome_->settings();
  settings.level = isOn ? audio::MetronomeSettings{}.level : audio::Gain::silence();
  metronome_->set(settings);
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
