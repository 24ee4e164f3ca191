#include "DeskLoading.hpp"

#include <utility>

#include <tutti/jam/FromPlayer.hpp>
#include <tutti/patch/Name.hpp>

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
  , own_{desk.own_}
  , master_{desk.master_}
  , metronomeStrip_{desk.metronomeStrip_}
  , metronome_{desk.metronome_}
  , input_{desk.input_}
{}

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

/// The one that was made of the snapshot; without it the one that runs.
template <class Kind>
patch::ModuleId Desk::Loading::seat(std::string_view part, std::shared_ptr<Kind>& module,
                                    std::string_view name)
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
  const auto running = runningAt(running_.inputId_);
  auto instrument = std::dynamic_pointer_cast<patch::DeviceInput>(running);
  if (!instrument) {
    const auto place = cast_.take(part::kInstrument);
    inputId_ = place.value_or(ModuleId{});
    if (place)
      sit(*place, running);
    else
      inputId_ = add(running, "Instrument");
    return;
  }
  inputId_ = seat(part::kInstrument, instrument, "Instrument");
  const auto& channels = instrument->channels();
  input_ = {.first = channels.first, .isStereo = channels.count != 1};
}

void Desk::Loading::seatOwn()
{
  ownId_ = seat(part::kOwnStrip, own_, "Own strip");
  clickId_ = seat(part::kMetronome, metronome_, "Metronome");
  metronomeId_ = seat(part::kMetronomeStrip, metronomeStrip_, "Metronome strip");
  masterId_ = seat(part::kMaster, master_, "Master");
  auto output = std::dynamic_pointer_cast<patch::DeviceOutput>(runningAt(running_.outputId_));
  outputId_ = seat(part::kOutput, output, "Output");
}

void Desk::Loading::seatRoom()
{
  auto door = runningAt(running_.roomId_);
  roomId_ = cast_.take(part::kRoom);
  if (!door) return;
  if (roomId_)
    sit(*roomId_, std::move(door));
  else
    roomId_ = add(std::move(door), "To the room");
}

void Desk::Loading::seatPlayers()
{
  for (const auto& [id, voice] : running_.voices_) seatPlayer(id, voice);
}

void Desk::Loading::seatPlayer(const PlayerId& id, Voice voice)
{
  auto source = runningAt(voice.source);
  auto track = runningAt(voice.directOut);
  auto tap = runningAt(voice.tap);
  const auto place = cast_.take(part::player(voice.name));
  if (place) sit(*place, source);
  voice.source = place ? *place : add(source, voice.name);
  voice.stripId = seat(part::strip(voice.name), voice.strip, voice.name + " strip");
  if (isFresh(voice.source) || isFresh(voice.stripId)) join(voice.source, voice.stripId);
  if (isFresh(voice.stripId)) join(voice.stripId, masterId_);
  if (track) join(voice.source, *(voice.directOut = add(track, voice.name + " track")));
  if (tap) join(voice.source, *(voice.tap = add(tap, "Recorder")));
  voices_.emplace(id, std::move(voice));
}

/// Their places are kept, for when somebody of that name comes.
void Desk::Loading::seatGhosts()
{
  for (const auto& name : cast_.playersLeft()) {
    const auto source = cast_.take(part::player(name));
    const auto stripId = cast_.take(part::strip(name));
    if (!source) continue;
    patch_.lose(*source, "is not in the room");
    if (!stripId) continue;
    if (auto strip = std::dynamic_pointer_cast<patch::MixStrip>(patch_.find(*stripId)->module))
      ghosts_.emplace(name, Ghost{*source, *stripId, std::move(strip)});
  }
}

/// A recording goes on.
void Desk::Loading::seatListeners()
{
  if (auto tap = runningAt(running_.tapId_)) join(masterId_, *(tapId_ = add(tap, "Recorder")));
  if (auto tap = runningAt(running_.instrumentTapId_))
    join(inputId_, *(instrumentTapId_ = add(tap, "Recorder")));
}

void Desk::Loading::joinAsUsual()
{
  const auto usually = [this](ModuleId from, ModuleId to) {
    if (isFresh(from) || isFresh(to)) join(from, to);
  };
  usually(inputId_, ownId_);
  usually(clickId_, metronomeId_);
  usually(metronomeId_, masterId_);
  usually(masterId_, outputId_);
  if (roomId_) usually(ownId_, *roomId_);
}

/// What may come without being asked has its places.
Result<void> Desk::Loading::verdict() const
{
  if (refusal_) return tl::unexpected{*refusal_};
  std::size_t come = 0;
  for (const auto& id : {roomId_, tapId_, instrumentTapId_})
    if (id) ++come;
  if (patch_.modules().size() + kOwn - come > patch::Snapshot::kMostModules)
    return failure(ErrorKind::refused,
                   "this patch leaves no room for what Tutti itself needs: room, master and recorder");
  return {};
}

void Desk::Loading::takeOver(Desk& desk)
{
  using audio::Gain;
  desk.patch_ = std::move(patch_);
  desk.own_ = std::move(own_);
  desk.master_ = std::move(master_);
  desk.metronomeStrip_ = std::move(metronomeStrip_);
  desk.metronome_ = std::move(metronome_);
  desk.isMetronomeOn_ = !(desk.metronome_->settings().level == Gain::silence());
  desk.input_ = input_;
  desk.inputId_ = inputId_;
  desk.ownId_ = ownId_;
  desk.masterId_ = masterId_;
  desk.outputId_ = outputId_;
  desk.clickId_ = clickId_;
  desk.metronomeId_ = metronomeId_;
  desk.roomId_ = roomId_;
  desk.tapId_ = tapId_;
  desk.instrumentTapId_ = instrumentTapId_;
  desk.voices_ = std::move(voices_);
  desk.ghosts_ = std::move(ghosts_);
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
  play();
  return {};
}

} // namespace tutti::jam
