#pragma once

#include <compare>
#include <cstdint>
#include <utility>

#include <tutti/jam/JamSnapshot.hpp>

namespace tutti::jam {

/// Which strip of the mixer.
struct StripId {
  enum class Kind : std::uint8_t { own, player, metronome, master };
  Kind kind = Kind::own;
  PlayerId player; ///< Empty unless it is a player's.

  static StripId own() { return {Kind::own, {}}; }
  static StripId metronome() { return {Kind::metronome, {}}; }
  static StripId master() { return {Kind::master, {}}; }
  static StripId of(PlayerId player) { return {Kind::player, std::move(player)}; }

  friend auto operator<=>(const StripId&, const StripId&) = default;
};

} // namespace tutti::jam
