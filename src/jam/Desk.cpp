#include <tutti/jam/Desk.hpp>

#include <tutti/core/Assert.hpp>
#include <tutti/patch/DeviceModules.hpp>

#include "Seating.hpp"

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

void endSoloOf(const patch::PatchModule& place)
{
  const auto strip = std::dynamic_pointer_cast<patch::MixStrip>(place.module);
  if (!strip) return;
  for (const auto channel : {Channel::first, Channel::second}) strip->setSoloed(channel, false);
}

} // namespace

Desk::Desk()
  : seats_{std::make_unique<Seating>()}
{
  auto& seats = *seats_;
  seats.instrument = std::make_shared<patch::DeviceInput>();
  seats.own = std::make_shared<patch::MixStrip>(alone_);
  seats.master = std::make_shared<patch::MixStrip>(alone_);
  seats.metronome = std::make_shared<patch::MetronomeModule>();
  seats.metronome->set(metronomeSettings(false));
  seats.metronomeStrip = std::make_shared<patch::MixStrip>(solos_);
  seats.inputId = put(seats.instrument, "Instrument");
  seats.ownId = put(seats.own, "Own strip");
  seats.clickId = put(seats.metronome, "Metronome");
  seats.metronomeId = put(seats.metronomeStrip, "Metronome strip");
  seats.masterId = put(seats.master, "Master");
  seats.outputId = put(std::make_shared<patch::DeviceOutput>(), "Output");
  join(seats.inputId, seats.ownId);
  join(seats.clickId, seats.metronomeId);
  join(seats.metronomeId, seats.masterId);
  join(seats.masterId, seats.outputId);
  workshop_.teach(std::string{patch::DeviceInput::kType}, patch::DeviceInput::make);
  workshop_.teach(std::string{patch::DeviceOutput::kType}, patch::DeviceOutput::make);
  workshop_.teach(std::string{patch::MetronomeModule::kType}, patch::MetronomeModule::make);
  workshop_.teach(std::string{patch::MixStrip::kType},
                  [solos = solos_](const auto& wanted) { return patch::MixStrip::make(wanted, solos); });
  play();
}

Desk::~Desk() = default;

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

const InputChoice& Desk::input() const
{
  return seats_->input;
}

void Desk::setInput(const InputChoice& input)
{
  if (input == seats_->input) return;
  seats_->input = input;
  setInstrument(std::make_shared<patch::DeviceInput>(
    patch::DeviceChannels{.first = input.first, .count = input.isStereo ? 2U : 1U}));
}

void Desk::setInstrument(std::shared_ptr<patch::Module> instrument)
{
  swap(seats_->inputId, instrument);
  seats_->instrument = std::move(instrument);
  heedDevice();
  play();
}

bool Desk::isMonitoring() const
{
  return connectionOf(seats_->ownId, seats_->masterId).has_value();
}

void Desk::setMonitoring(bool isOn)
{
  if (const auto monitor = connectionOf(seats_->ownId, seats_->masterId); monitor && !isOn)
    patch_.disconnect(*monitor);
  else if (isOn)
    join(seats_->ownId, seats_->masterId);
  play();
}

/// From room to room its place is kept, so that what was connected to it by hand still is.
void Desk::sendTo(std::shared_ptr<ToRoom> room)
{
  auto& roomId = seats_->roomId;
  if (!room && roomId) {
    patch_.lose(*roomId, "no room is joined");
  } else if (room && roomId) {
    swap(*roomId, std::move(room));
  } else if (room) {
    roomId = put(std::move(room), "To the room");
    join(seats_->ownId, *roomId);
  }
  play();
}

/// For so many modules of others; what is our own keeps its places.
bool Desk::hasRoomFor(std::size_t modules) const
{
  return patch_.modules().size() + modules + kOwn <= patch::Snapshot::kMostModules;
}

bool Desk::isMetronomeOn() const
{
  return !(seats_->metronome->settings().level == audio::Gain::silence());
}

void Desk::setMetronomeOn(bool isOn)
{
  if (isOn == isMetronomeOn()) return;
  auto settings = seats_->metronome->settings();
  settings.level = metronomeSettings(isOn).level;
  seats_->metronome->set(settings);
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
  tap(seats_->masterId, seats_->tapId, std::move(listener));
}

void Desk::tapInstrument(std::shared_ptr<patch::Module> listener)
{
  tap(seats_->inputId, seats_->instrumentTapId, std::move(listener));
}

patch::MixStrip* Desk::strip(const StripId& id)
{
  switch (id.kind) {
  case StripId::Kind::own:
    return seats_->own.get();
  case StripId::Kind::metronome:
    return seats_->metronomeStrip.get();
  case StripId::Kind::master:
    return seats_->master.get();
  case StripId::Kind::player:
    break;
  }
  const auto voice = seats_->voices.find(id.player);
  return voice == seats_->voices.end() ? nullptr : voice->second.strip.get();
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
    shown.channels[index] = {set.gain,
                             set.pan,
                             set.isMuted,
                             set.isSoloed,
                             set.isInverted,
                             strip->level(Tap::output, channel),
                             strip->isSilencedBySolo(channel)};
  }
  return shown;
}

void Desk::endSolo()
{
  for (const auto& place : patch_.modules()) endSoloOf(place);
}

/// The history keeps a strip that is taken out of the patch: from there it would silence the others for good.
void Desk::endSoloOfGone(const patch::Patch& before)
{
  for (const auto& place : before.modules())
    if (patch_.find(place.about.id) == nullptr) endSoloOf(place);
}

} // namespace tutti::jam
