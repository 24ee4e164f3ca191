#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/audio/Decibels.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/patch/Module.hpp>
#include <tutti/patch/Parameters.hpp>

namespace tutti::patch {

/// A place in the patch, for as long as the patch lives and beyond: snapshots keep it.
struct ModuleId {
  std::uint32_t number = 0;
  friend constexpr auto operator<=>(ModuleId, ModuleId) = default;
};

/// One port of one module, counted from 0: an output where sound comes from, an input where it goes to.
struct Socket {
  ModuleId module;
  std::size_t port = 0;
  friend constexpr auto operator<=>(Socket, Socket) = default;
};

/// All there is to know of a module without having it.
struct ModuleDescription {
  ModuleId id;
  std::string type;
  std::string name; ///< For people.
  std::vector<Port> inputs;
  std::vector<Port> outputs;
  Parameters parameters;

  friend bool operator==(const ModuleDescription&, const ModuleDescription&) = default;
};

struct ConnectionDescription {
  Socket from;
  Socket to;
  audio::Decibels gain;

  friend bool operator==(const ConnectionDescription&, const ConnectionDescription&) = default;
};

/// A whole patch as a value, and as YAML that a person can read and mend.
///
/// Errors: `malformed`, with line and column, in words for a musician. Nothing is guessed: what a text does
/// not say rightly is an error, so that no slip of the pen is heard only on stage. A text may be hostile: its
/// length, its depth and its numbers are bounded before anything is made of it.
struct Snapshot {
  static constexpr int kVersion = 1;
  static constexpr std::size_t kMostBytes = 1'000'000;
  static constexpr std::size_t kMostModules = 256;
  static constexpr std::size_t kMostPorts = 16; // of one module, in one direction
  static constexpr std::size_t kMostConnections = 1024;
  static constexpr auto kMostGain = audio::Decibels::of(24);

  std::vector<ModuleDescription> modules;
  std::vector<ConnectionDescription> connections; ///< The oldest first.

  static Result<Snapshot> parse(std::string_view yaml);

  /// Parses back to the same snapshot, and that one encodes to the same bytes.
  [[nodiscard]] std::string encode() const;

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

} // namespace tutti::patch
