#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutti/jam/Desk.hpp>
#include <tutti/patch/MetronomeModule.hpp>

#include "Ghosts.hpp"

namespace tutti::jam {

/// Who has which place in a desk's patch: what is Tutti's own, players, guests, and who has left.
struct Seating {
  struct Voice {
    std::string name;
    patch::ModuleId source;
    patch::ModuleId stripId;
    std::shared_ptr<patch::MixStrip> strip;
    std::optional<patch::ModuleId> directOut{};
    std::optional<patch::ModuleId> tap{};
  };

  InputChoice input;
  std::shared_ptr<patch::Module> instrument; ///< Also while the device does not have it.
  std::shared_ptr<patch::MixStrip> own;
  std::shared_ptr<patch::MixStrip> master;
  std::shared_ptr<patch::MixStrip> metronomeStrip;
  std::shared_ptr<patch::MetronomeModule> metronome;

  patch::ModuleId inputId;
  patch::ModuleId ownId;
  patch::ModuleId clickId;
  patch::ModuleId metronomeId;
  patch::ModuleId masterId;
  patch::ModuleId outputId;
  std::optional<patch::ModuleId> roomId;
  std::optional<patch::ModuleId> tapId;
  std::optional<patch::ModuleId> instrumentTapId;
  std::map<PlayerId, Voice> voices;
  std::map<GuestId, patch::ModuleId> guests;
  std::map<patch::ModuleId, std::string> troubles; ///< Of guests.
  Ghosts ghosts;

  /// What no hand may remove.
  [[nodiscard]] std::vector<patch::ModuleId> fixed() const;
  /// What is there for a while only: recorders, and the device's tracks.
  [[nodiscard]] std::vector<patch::ModuleId> passing() const;
  /// Which part each of them has in a file.
  [[nodiscard]] std::map<patch::ModuleId, std::string> roles() const;
  [[nodiscard]] std::map<patch::ModuleId, StripId> strips() const;
};

} // namespace tutti::jam
