#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/jam/Guest.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::jam {

/// The parts that modules have in a desk, as a file calls them. Those of players and guests have a name
/// behind them.
namespace part {
inline constexpr std::string_view kInstrument = "instrument";
inline constexpr std::string_view kOwnStrip = "own-strip";
inline constexpr std::string_view kMetronome = "metronome";
inline constexpr std::string_view kMetronomeStrip = "metronome-strip";
inline constexpr std::string_view kMaster = "master";
inline constexpr std::string_view kOutput = "output";
inline constexpr std::string_view kRoom = "room";
inline constexpr std::string_view kPlayer = "player ";
inline constexpr std::string_view kStrip = "strip ";
inline constexpr std::string_view kGuest = "guest ";

std::string player(std::string_view name);
std::string strip(std::string_view name);
std::string guest(std::string_view name);
} // namespace part

/// Which module of a snapshot has which part. Two players may have the same name.
class Cast {
public:
  /// Errors: `malformed` where two have a part that there is once, or a module is not what its part wants.
  static Result<Cast> of(const patch::Snapshot& snapshot);

  /// Whether the part is one of a desk; others are a newer Tutti's.
  static bool isKnown(std::string_view part);

  /// Each module is given away once.
  std::optional<patch::ModuleId> take(std::string_view part);
  std::optional<patch::ModuleId> take(const GuestId& guest);
  /// Names of players whose place nobody has taken.
  [[nodiscard]] std::vector<std::string> playersLeft() const;
  [[nodiscard]] const std::multimap<GuestId, patch::ModuleId>& guestsLeft() const { return guests_; }

  [[nodiscard]] bool has(patch::ModuleId id, std::string_view part) const;

private:
  std::map<std::string, std::vector<patch::ModuleId>, std::less<>> free_;
  std::multimap<GuestId, patch::ModuleId> guests_; // the kind is the module's type
};

} // namespace tutti::jam
