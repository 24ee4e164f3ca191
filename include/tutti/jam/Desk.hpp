#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <tutti/jam/JamSnapshot.hpp>
#include <tutti/jam/StripId.hpp>
#include <tutti/jam/ToRoom.hpp>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/MetronomeModule.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/patch/Patch.hpp>
#include <tutti/patch/Player.hpp>

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
  [[nodiscard]] bool isMonitoring() const { return monitor_.has_value(); }

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

private:
  struct Voice {
    std::string name;
    patch::ModuleId source;
    patch::ModuleId stripId;
    std::shared_ptr<patch::MixStrip> strip;
    std::optional<patch::ModuleId> directOut;
    std::optional<patch::ModuleId> tap;
  };
  [[nodiscard]] bool hasRoomFor(std::size_t modules) const;
  patch::ModuleId put(std::shared_ptr<patch::Module> module, std::string_view name);
  patch::ConnectionId join(patch::ModuleId from, patch::ModuleId to);
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
  patch::ModuleId metronomeId_;
  std::optional<patch::ModuleId> roomId_;
  std::optional<patch::ModuleId> tapId_;
  std::optional<patch::ModuleId> instrumentTapId_;
  std::optional<patch::ConnectionId> monitor_;
  bool isMetronomeOn_ = false;
  std::map<PlayerId, Voice> voices_;
  std::map<std::string, patch::StripSettings> remembered_;
};

} // namespace tutti::jam
