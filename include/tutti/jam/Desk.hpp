#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/jam/Guest.hpp>
#include <tutti/jam/JamSnapshot.hpp>
#include <tutti/jam/PatchSnapshot.hpp>
#include <tutti/jam/StripId.hpp>
#include <tutti/jam/ToRoom.hpp>
#include <tutti/patch/History.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/patch/Patch.hpp>
#include <tutti/patch/Player.hpp>
#include <tutti/patch/Workshop.hpp>

namespace tutti::jam {

struct Seating;
struct Spot;

/// Which of the device's inputs is our instrument. One channel goes to both ears.
struct InputChoice {
  std::size_t first = 0; ///< Counted from 0.
  bool isStereo = true;

  friend bool operator==(const InputChoice&, const InputChoice&) = default;
};

/// The mixer as a patch: our instrument, the others and the metronome, each on a strip, together on the
/// master.
///
///     input ─▸ own strip ─▸ to the room
///                       └─▸ master (only while we monitor ourselves)
///     player ─▸ strip ─▸ master ─▸ output
///     metronome ─▸ strip ─▸ master
///     guest            (a stream, a program: connected by hand only)
///
/// That is how it begins. By hand everything can be connected otherwise, and more be added; what is drawn
/// above cannot be removed. Whoever leaves and was wired by hand stays as a ghost, with all cables, and takes
/// their place again when somebody of that kind and name comes. So does an input that the device does not
/// have.
///
/// Our monitor never passes the network. Solo is among players and metronome: it never silences us for the
/// others.
///
/// Threads: `processor()` is for the device; everything else one at a time, any but audio. Destroyed after
/// the device.
class Desk {
public:
  Desk();
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  [[nodiscard]] audio::Processor& processor() { return player_; }
  void setBeatGrid(const time::BeatGrid& grid) { player_.setBeatGrid(grid); }
  /// Some ten times a second: goes on with changes, frees what is not heard any more.
  void tend() { player_.tend(); }

  void setInput(const InputChoice& input);
  [[nodiscard]] const InputChoice& input() const;
  /// How many inputs the device has that is played on.
  void setDeviceInputs(std::size_t count);
  /// Something else in place of the device's input: a tone, a tape.
  void setInstrument(std::shared_ptr<patch::Module> instrument);
  void setMonitoring(bool isOn);
  [[nodiscard]] bool isMonitoring() const;

  /// Where our own sound goes; nothing: nowhere.
  void sendTo(std::shared_ptr<ToRoom> room);

  /// A player comes, with a strip that is set as it was when we last played together.
  /// False: the patch has no room for another one.
  bool add(const PlayerId& id, std::string_view name, std::shared_ptr<patch::Module> source);
  void remove(const PlayerId& id);
  /// The same player from another source: the device's rate has changed.
  void replace(const PlayerId& id, std::shared_ptr<patch::Module> source);
  /// The player's own pair of device outputs as well, before the strip: a track for a DAW.
  void setDirectOut(const PlayerId& id, std::size_t firstChannel);

  /// Somebody from outside comes: to the place that was kept, or to a new one.
  /// Errors: `refused`, in a few words, where there is no room, or the module has ports that cannot be.
  Result<Arrival> welcome(std::string_view name, std::shared_ptr<patch::Module> module);
  /// The same guest by another module: the device's rate has changed. How many cables are lost by that.
  Result<std::size_t> replace(const GuestId& id, const std::shared_ptr<patch::Module>& module);
  /// Who is a ghost already is so for this reason from now on.
  void sayGoodbye(const GuestId& id, std::string_view why);
  /// What is wrong with one who is here, in a sentence; empty: nothing.
  void setTrouble(const GuestId& id, std::string_view trouble);
  /// Also those who have left.
  [[nodiscard]] std::vector<GuestSnapshot> showGuests() const;
  /// Whether there is any cable to it or from it.
  [[nodiscard]] bool isConnected(const GuestId& id) const;
  /// A cable from a strip to a guest's first input, as a hand draws it.
  Result<void> lead(const StripId& from, const GuestId& to, std::string_view what);
  /// The same from a guest's first output to a strip.
  Result<void> lead(const GuestId& from, const StripId& to, std::string_view what);
  /// A guest goes, or a ghost, with all cables: by hand, and nobody waits for it.
  Result<void> dismiss(const GuestId& id, std::string_view what);
  /// Under which the first who comes by this name is here.
  [[nodiscard]] static GuestId idFor(std::string_view kind, std::string_view name);

  void setMetronomeOn(bool isOn);
  [[nodiscard]] bool isMetronomeOn() const;

  /// Nothing for a player who is not here.
  [[nodiscard]] patch::MixStrip* strip(const StripId& id);
  [[nodiscard]] StripSnapshot show(const StripId& id);

  /// A strip is soloed: of a player, of the metronome, or one that is in the patch by hand or by a file.
  [[nodiscard]] bool isSoloActive() const { return solos_->isActive() || alone_->isActive(); }
  /// No strip of the patch is soloed any more, whoever's it is.
  void endSolo();

  /// Hears what the master plays; nothing: nobody.
  void tapMaster(std::shared_ptr<patch::Module> listener);
  /// Hears our instrument, before the strip.
  void tapInstrument(std::shared_ptr<patch::Module> listener);
  /// Hears a player, before the strip. It goes with the player.
  void tapPlayer(const PlayerId& id, std::shared_ptr<patch::Module> listener);

  /// How the strips of players were set, by name: to be remembered.
  [[nodiscard]] const std::map<std::string, patch::StripSettings>& remembered();
  void remember(std::map<std::string, patch::StripSettings> settings) { remembered_ = std::move(settings); }

  [[nodiscard]] const patch::Patch& patch() const { return patch_; }
  /// The patch with the levels since it was shown last.
  [[nodiscard]] PatchSnapshot showPatch();

  /// Does by hand what can be undone; `what` it is, for people.
  /// Errors: those of `work`, and `refused` when it takes away what it may not; then nothing has changed.
  using Work = std::function<Result<void>(patch::Patch&)>;
  Result<void> edit(std::string_view what, const Work& work,
                    patch::History::Gesture gesture = patch::History::Gesture::begins);
  /// Another module of a kind that the catalogue has. Errors: `refused`, `malformed`.
  Result<patch::ModuleId> addModule(std::string_view what, const patch::CatalogueEntry& kind,
                                    patch::Position position);
  /// Cards to other places; all others stay where they are seen.
  Result<void> move(std::string_view what, const std::map<patch::ModuleId, patch::Position>& places,
                    patch::History::Gesture gesture = patch::History::Gesture::begins);
  Result<void> tidyUp(std::string_view what);
  void undo();
  void redo();

  /// The patch as a file holds it, each module with its part in the desk. Without a recording under way, and
  /// without tracks that are the device's.
  [[nodiscard]] patch::Snapshot save() const;
  /// Becomes what the snapshot says. Who is in the room takes the place that they have in it, or comes as one
  /// comes; who is not is a ghost. What the desk counts on and the snapshot does not have is there as at the
  /// beginning. Nothing of what was before can be undone.
  /// Errors: `malformed`, with line and column when it came from a text, `refused` where there is too much of
  /// it; then nothing has changed.
  Result<void> load(const patch::Snapshot& snapshot);

private:
  class Loading;
  static constexpr std::size_t kOwn = 3; // modules to come: to the room, recorders of master and instrument

  [[nodiscard]] std::optional<patch::ModuleId> placeOf(const StripId& strip) const;
  [[nodiscard]] std::optional<patch::ConnectionId> connectionOf(patch::ModuleId from,
                                                                patch::ModuleId to) const;
  [[nodiscard]] bool hasRoomFor(std::size_t modules) const;
  patch::ModuleId put(std::shared_ptr<patch::Module> module, std::string_view name);
  void join(patch::ModuleId from, patch::ModuleId to);
  void swap(patch::ModuleId place, std::shared_ptr<patch::Module> module);
  void tap(patch::ModuleId source, std::optional<patch::ModuleId>& tap,
           std::shared_ptr<patch::Module> listener);
  [[nodiscard]] std::shared_ptr<patch::MixStrip> stripFor(std::string_view name) const;
  void keepSettings(const std::string& name, const patch::MixStrip& strip);
  bool comesBack(const PlayerId& id, std::string_view name, const std::shared_ptr<patch::Module>& source);
  Result<std::size_t> exchange(patch::ModuleId place, const std::shared_ptr<patch::Module>& module);
  void letGo(const GuestId& who, const Spot& spot, std::string_view why);
  void heedDevice();
  void endSoloOfGone(const patch::Patch& before);
  [[nodiscard]] std::map<patch::ModuleId, patch::Position> places();
  void play() { player_.play(patch_); }

  std::shared_ptr<patch::SoloGroup> solos_ = std::make_shared<patch::SoloGroup>();
  std::shared_ptr<patch::SoloGroup> alone_ = std::make_shared<patch::SoloGroup>();
  patch::Patch patch_;
  patch::Player player_;
  std::unique_ptr<Seating> seats_;
  std::optional<std::size_t> deviceInputs_; // nothing: not known yet
  patch::History history_;
  patch::Workshop workshop_;
  std::map<patch::ModuleId, patch::Position> placed_; // where what nobody has placed is seen
  std::map<std::string, patch::StripSettings> remembered_;
};

} // namespace tutti::jam
