#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <utility>

#include <tutti/patch/Patch.hpp>

namespace tutti::jam {

/// A module from outside that comes and goes: a stream of the LAN, a program, a Link Audio channel. It has no
/// strip, and no cable but by hand.
struct GuestId {
  GuestId() = default;
  GuestId(std::string type, std::string called)
    : kind{std::move(type)}
    , name{std::move(called)}
  {}

  std::string kind; ///< The type of its module.
  std::string name; ///< For people. No two of one kind are here under the same.

  friend auto operator<=>(const GuestId&, const GuestId&) = default;
};

/// So many are here at once; strangers choose how many want to be.
inline constexpr std::size_t kMostGuests = 64;

/// What has become of a guest that came.
struct Arrival {
  GuestId id;                 ///< Under which it is here: the second of one name is "Name 2".
  std::size_t cablesLost = 0; ///< Taken off, because it has no port of that name any more.
};

struct GuestSnapshot {
  GuestId id;
  patch::ModuleId module; ///< The same as this card of the patch.
  bool isHere = true;     ///< Else a ghost.
  std::string whyMissing; ///< In a few words.
  std::string trouble{};  ///< Of one who is here: why it is silent or late, in a sentence.
};

} // namespace tutti::jam
