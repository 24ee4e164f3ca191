#pragma once

#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>
#include <tutti/engine/Jam.hpp>

namespace tutti::app {

/// What somebody types while `tutti jam` plays: a verb, and a name or a text behind it.
struct Wish {
  enum class What { say, kick, mute, unmute, lock, unlock };
  What what = What::say;
  std::string text; ///< a player's name, or what is said

  /// Errors: `malformed` with a sentence.
  static Result<Wish> parse(std::string_view line);

  friend bool operator==(const Wish&, const Wish&) = default;
};

/// Errors: `refused` with a sentence where we are not the host, or there is no such player.
Result<void> fulfil(engine::Jam& jam, const Wish& wish);

} // namespace tutti::app
