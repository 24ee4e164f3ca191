#pragma once

#include <map>
#include <memory>
#include <optional>

#include <tutti/jam/Guest.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/patch/Patch.hpp>

namespace tutti::jam {

/// Where somebody is in the patch: a player with a strip, a guest without.
struct Spot {
  patch::ModuleId source;
  std::optional<patch::ModuleId> stripId{};
  std::shared_ptr<patch::MixStrip> strip{}; ///< Nothing: it is missing itself.
};

/// More, or less, is connected to it than somebody begins with: a player with two cables, a guest with none.
/// What is only seen does not count but for what is chosen.
bool isWiredByHand(const patch::Patch& patch, const Spot& spot, patch::ModuleId master);

/// Who has left and was wired by hand: their spots, kept for when somebody of that kind and name comes.
///
/// Threads: one at a time.
class Ghosts {
public:
  /// The kind of players.
  static GuestId player(std::string_view name);
  static bool isPlayer(const GuestId& who);

  void keep(const GuestId& who, Spot spot) { spots_.emplace(who, std::move(spot)); }
  /// The oldest that is in the patch still.
  std::optional<Spot> take(const GuestId& who, const patch::Patch& patch);
  [[nodiscard]] bool has(const GuestId& who, const patch::Patch& patch) const;
  [[nodiscard]] const std::multimap<GuestId, Spot>& all() const { return spots_; }

private:
  std::multimap<GuestId, Spot> spots_;
};

} // namespace tutti::jam
