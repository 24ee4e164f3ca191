#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/jam/JamSnapshot.hpp>
#include <tutti/jam/PatchSnapshot.hpp>
#include <tutti/jam/StripId.hpp>
#include <tutti/jam/ToRoom.hpp>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/History.hpp>
#include <tutti/patch/MetronomeModule.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/patch/Patch.hpp>
#include <tutti/patch/Player.hpp>
#include <tutti/patch/Workshop.hpp>

namespace tutti::jam {

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
///
/// That is how it begins. By hand everything can be connected otherwise, and more be added; what is drawn
/// above cannot be removed. Whoever leaves and was wired by hand stays as a ghost, with all cables, and takes
/// their place again when somebody of that name comes.
///
/// Our monitor never passes the network. Solo is among players and metronome: it never silences us for the
/// others.
///
/// Threads: `processor()` is for the device; everything else one at a time, any but audio. Destroyed after
/// the device.
class Desk {
public:
  Desk();

  [[nodiscard]] audio::Processor& processor() { return player_; }
  void setBeatGrid(const time::BeatGrid& grid) { player_.setBeatGrid(grid); }
  /// Some ten times a second: goes on with changes, frees what is not heard any more.
  void tend() { player_.tend(); }

  void setInput(const InputChoice& input);
  [[nodiscard]] const InputChoice& input() const { return input_; }
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

  void setMetronomeOn(bool isOn);
  [[nodiscard]] bool isMetronomeOn() const { return isMetronomeOn_; }

  /// Nothing for a player who is not here.
  [[nodiscard]] patch::MixStrip* strip(const StripId& id);
  [[nodiscard]] StripSnapshot show(const StripId& id);

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
  struct Voice {
    std::string name;
    patch::ModuleId source;
    patch::ModuleId stripId;
    std::shared_ptr<patch::MixStrip> strip;
    std::optional<patch::ModuleId> directOut;
    std::optional<patch::ModuleId> tap;
  };
  /// Somebody who has left, and was wired by hand.
  struct Ghost {
    patch::ModuleId source;
    patch::ModuleId stripId;
    std::shared_ptr<patch::MixStrip> strip;
  };
  [[nodiscard]] std::vector<patch::ModuleId> fixed() const;
  [[nodiscard]] bool isWiredByHand(const Voice& voice) const;
  [[nodiscard]] std::optional<patch::ConnectionId> connectionOf(patch::ModuleId from,
                                                                patch::ModuleId to) const;
  void forgetRemovedGhosts();
  bool comesBack(const PlayerId& id, std::string_view name, const std::shared_ptr<patch::Module>& source);
  [[nodiscard]] std::vector<patch::ModuleId> passing() const;
  [[nodiscard]] std::map<patch::ModuleId, std::string> roles() const;
  [[nodiscard]] std::map<patch::ModuleId, patch::Position> places();
  [[nodiscard]] std::map<patch::ModuleId, StripId> stripsByModule() const;
  void swap(patch::ModuleId place, std::shared_ptr<patch::Module> module);
  [[nodiscard]] bool hasRoomFor(std::size_t modules) const;
  patch::ModuleId put(std::shared_ptr<patch::Module> module, std::string_view name);
  void join(patch::ModuleId from, patch::ModuleId to);
  void tap(patch::ModuleId source, std::optional<patch::ModuleId>& tap,
           std::shared_ptr<patch::Module> listener);
  void keepSettings(const Voice& voice);
  void play() { player_.play(patch_); }

  std::shared_ptr<patch::SoloGroup> solos_ = std::make_shared<patch::SoloGroup>();
  std::shared_ptr<patch::SoloGroup> alone_ = std::make_shared<patch::SoloGroup>();
  std::shared_ptr<patch::MixStrip> own_ = std::make_shared<patch::MixStrip>(alone_);
  std::shared_ptr<patch::MixStrip> master_ = std::make_shared<patch::MixStrip>(alone_);
  std::shared_ptr<patch::MixStrip> metronomeStrip_ = std::make_shared<patch::MixStrip>(solos_);
  std::shared_ptr<patch::MetronomeModule> metronome_ = std::make_shared<patch::MetronomeModule>();

  patch::Patch patch_;
  patch::Player player_;
  InputChoice input_;
  patch::ModuleId inputId_;
  patch::ModuleId ownId_;
  patch::ModuleId masterId_;
  patch::ModuleId outputId_;
  patch::ModuleId clickId_;
  patch::ModuleId metronomeId_;
  std::optional<patch::ModuleId> roomId_;
  std::optional<patch::ModuleId> tapId_;
  std::optional<patch::ModuleId> instrumentTapId_;
  bool isMetronomeOn_ = false;
  std::map<PlayerId, Voice> voices_;
  std::multimap<std::string, Ghost> ghosts_; // by name, as the patch has it
  patch::History history_;
  patch::Workshop workshop_;
  std::map<patch::ModuleId, patch::Position> placed_; // where what nobody has placed is seen
  std::map<std::string, patch::StripSettings> remembered_;
};

} // namespace tutti::jam
