#include "DeskLoading.hpp"

#include <utility>

#include <tutti/jam/FromPlayer.hpp>
#include <tutti/patch/DeviceModules.hpp>

namespace tutti::jam {
namespace {

/// Without the parts of a desk, which it gives anew when it is saved.
patch::Snapshot undressed(patch::Snapshot snapshot)
{
  for (auto& module : snapshot.modules)
    if (Cast::isKnown(module.role.name)) module.role = {};
  return snapshot;
}

patch::Workshop::Maker absent(std::string why)
{
  return
    [why = std::move(why)](const patch::ModuleDescription&) { return failure(ErrorKind::unavailable, why); };
}

} // namespace

Desk::Loading::Loading(const Desk& desk, Cast cast)
  : running_{desk}
  , cast_{std::move(cast)}
  , patch_{desk.patch_}
{
  const auto& now = *desk.seats_;
  seats_.input = now.input;
  seats_.instrument = now.instrument;
  seats_.own = now.own;
  seats_.master = now.master;
  seats_.metronomeStrip = now.metronomeStrip;
  seats_.metronome = now.metronome;
}

/// Our own strip and the master are in nobody's solo.
patch::Workshop Desk::Loading::workshop() const
{
  auto workshop = running_.workshop_;
  workshop.teach(std::string{patch::MixStrip::kType}, [this](const patch::ModuleDescription& wanted) {
    const bool isAlone = cast_.has(wanted.id, part::kOwnStrip) || cast_.has(wanted.id, part::kMaster);
    return patch::MixStrip::make(wanted, isAlone ? running_.alone_ : running_.solos_);
  });
  workshop.teach(std::string{FromPlayer::kType}, absent("is not in the room"));
  workshop.teach(std::string{ToRoom::kType}, absent("no room is joined"));
  return workshop;
}

Result<void> Desk::Loading::make(const patch::Snapshot& snapshot)
{
  if (auto loaded = patch_.load(undressed(snapshot), workshop()); !loaded) return loaded;
  seatInstrument();
  seatOwn();
  seatRoom();
  seatPlayers();
  seatGuests();
  seatGhosts();
  seatListeners();
  joinAsUsual();
  return verdict();
}

/// What runs now.
std::shared_ptr<patch::Module> Desk::Loading::runningAt(const std::optional<ModuleId>& place) const
{
  const auto* const found = place ? running_.patch_.find(*place) : nullptr;
  return found == nullptr ? nullptr : found->module;
}

patch::ModuleId Desk::Loading::add(std::shared_ptr<patch::Module> module, std::string_view name)
{
  const auto id = patch_.add(std::move(module), name);
  if (id) added_.insert(*id);
  if (!id && !refusal_) refusal_ = id.error();
  return id.value_or(ModuleId{});
}

void Desk::Loading::sit(ModuleId place, std::shared_ptr<patch::Module> module)
{
  const auto done = patch_.exchange(place, std::move(module));
  if (!done && !refusal_) refusal_ = done.error();
}

/// If there is room for it, and the snapshot has not done so.
void Desk::Loading::join(ModuleId from, ModuleId to)
{
  static_cast<void>(patch_.connect({from, 0}, {to, 0}));
}

/// At the place that the snapshot has for it, or one of its own.
patch::ModuleId Desk::Loading::seat(std::string_view part, std::string_view name,
                                    std::shared_ptr<patch::Module> module)
{
  const auto place = cast_.take(part);
  if (!place) return add(std::move(module), name);
  sit(*place, std::move(module));
  return *place;
}

/// The one that was made of the snapshot; without it the one that runs.
template <class Kind>
patch::ModuleId Desk::Loading::seatMade(std::string_view part, std::string_view name,
                                        std::shared_ptr<Kind>& module)
{
  const auto place = cast_.take(part);
  if (!place) return add(module, name);
  if (auto made = std::dynamic_pointer_cast<Kind>(patch_.find(*place)->module))
    module = std::move(made);
  else
    sit(*place, module);
  return *place;
}

/// Another input of the device if the device is what we play on; else it stays.
void Desk::Loading::seatInstrument()
{
  auto instrument = std::dynamic_pointer_cast<patch::DeviceInput>(seats_.instrument);
  if (!instrument) {
    seats_.inputId = seat(part::kInstrument, "Instrument", seats_.instrument);
    return;
  }
  seats_.inputId = seatMade(part::kInstrument, "Instrument", instrument);
  seats_.instrument = instrument;
  const auto& channels = instrument->channels();
  seats_.input = {.first = channels.first, .isStereo = channels.count != 1};
}

void Desk::Loading::seatOwn()
{
  seats_.ownId = seatMade(part::kOwnStrip, "Own strip", seats_.own);
  seats_.clickId = seatMade(part::kMetronome, "Metronome", seats_.metronome);
  seats_.metronomeId = seatMade(part::kMetronomeStrip, "Metronome strip", seats_.metronomeStrip);
  seats_.masterId = seatMade(part::kMaster, "Master", seats_.master);
  auto output = std::dynamic_pointer_cast<patch::DeviceOutput>(runningAt(running_.seats_->outputId));
  seats_.outputId = seatMade(part::kOutput, "Output", output);
}

void Desk::Loading::seatRoom()
{
  if (auto door = runningAt(running_.seats_->roomId))
    seats_.roomId = seat(part::kRoom, "To the room", std::move(door));
  else
    seats_.roomId = cast_.take(part::kRoom);
}

void Desk::Loading::seatPlayers()
{
  for (const auto& [id, voice] : running_.seats_->voices) seatPlayer(id, voice);
}

void Desk::Loading::seatPlayer(const PlayerId& id, Seating::Voice voice)
{
  auto track = runningAt(voice.directOut);
  auto tap = runningAt(voice.tap);
  voice.source = seat(part::player(voice.name), voice.name, runningAt(voice.source));
  voice.stripId = seatMade(part::strip(voice.name), voice.name + " strip", voice.strip);
  if (isFresh(voice.source) || isFresh(voice.stripId)) join(voice.source, voice.stripId);
  if (isFresh(voice.stripId)) join(voice.stripId, seats_.masterId);
  if (track) join(voice.source, *(voice.directOut = add(track, voice.name + " track")));
  if (tap) join(voice.source, *(voice.tap = add(tap, "Recorder")));
  seats_.voices.emplace(id, std::move(voice));
}

void Desk::Loading::seatGuests()
{
  for (const auto& [id, place] : running_.seats_->guests) {
    const auto kept = cast_.take(id);
    if (kept) sit(*kept, runningAt(place));
    seats_.guests.emplace(id, kept ? *kept : add(runningAt(place), id.name));
  }
}

/// Their places are kept, for when somebody of that kind and name comes.
void Desk::Loading::seatGhosts()
{
  for (const auto& name : cast_.playersLeft()) {
    Spot spot{*cast_.take(part::player(name)), cast_.take(part::strip(name))};
    if (spot.stripId)
      spot.strip = std::dynamic_pointer_cast<patch::MixStrip>(patch_.find(*spot.stripId)->module);
    patch_.lose(spot.source, "is not in the room");
    seats_.ghosts.keep(Ghosts::player(name), std::move(spot));
  }
  for (const auto& [id, place] : cast_.guestsLeft()) {
    patch_.lose(place, "is not here");
    seats_.ghosts.keep(id, {place});
  }
}

/// A recording goes on.
void Desk::Loading::seatListeners()
{
  const auto& before = *running_.seats_;
  if (auto tap = runningAt(before.tapId)) join(seats_.masterId, *(seats_.tapId = add(tap, "Recorder")));
  if (auto tap = runningAt(before.instrumentTapId))
    join(seats_.inputId, *(seats_.instrumentTapId = add(tap, "Recorder")));
}

void Desk::Loading::joinAsUsual()
{
  const auto usually = [this](ModuleId from, ModuleId to) {
    if (isFresh(from) || isFresh(to)) join(from, to);
  };
  usually(seats_.inputId, seats_.ownId);
  usually(seats_.clickId, seats_.metronomeId);
  usually(seats_.metronomeId, seats_.masterId);
  usually(seats_.masterId, seats_.outputId);
  if (seats_.roomId) usually(seats_.ownId, *seats_.roomId);
}

/// What may come without being asked has its places.
Result<void> Desk::Loading::verdict() const
{
  if (refusal_) return tl::unexpected{*refusal_};
  std::size_t come = 0;
  for (const auto& id : {seats_.roomId, seats_.tapId, seats_.instrumentTapId})
    if (id) ++come;
  if (patch_.modules().size() + kOwn - come > patch::Snapshot::kMostModules)
    return failure(ErrorKind::refused,
                   "this patch leaves no room for what Tutti itself needs: room, master and recorder");
  return {};
}

void Desk::Loading::takeOver(Desk& desk)
{
  desk.patch_ = std::move(patch_);
  *desk.seats_ = std::move(seats_);
}

Result<void> Desk::load(const patch::Snapshot& snapshot)
{
  auto cast = Cast::of(snapshot);
  if (!cast) return tl::unexpected{std::move(cast.error())};
  Loading loading{*this, std::move(*cast)};
  if (auto made = loading.make(snapshot); !made) return made;
  loading.takeOver(*this);
  history_.clear();
  placed_.clear();
  heedDevice();
  play();
  return {};
}

} // namespace tutti::jam
