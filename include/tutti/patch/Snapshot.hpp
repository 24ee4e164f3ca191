#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/audio/Decibels.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/patch/Looks.hpp>
#include <tutti/patch/Module.hpp>
#include <tutti/patch/Parameters.hpp>
#include <tutti/patch/Role.hpp>
#include <tutti/patch/Unknown.hpp>
#include <tutti/time/Beats.hpp>
#include <tutti/time/Tempo.hpp>

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
  Role role{};
  Looks looks{};
  Unknowns unknown{};

  friend bool operator==(const ModuleDescription&, const ModuleDescription&) = default;
};

struct ConnectionDescription {
  Socket from;
  Socket to;
  audio::Decibels gain;
  Unknowns unknown{};

  friend bool operator==(const ConnectionDescription&, const ConnectionDescription&) = default;
};

struct GroupDescription {
  GroupId id;
  std::string name;
  std::optional<std::uint32_t> colour; ///< As in `Looks`.
  Unknowns unknown{};

  friend bool operator==(const GroupDescription&, const GroupDescription&) = default;
};

/// A program that brings modules. Only a note of it: nothing here starts it.
struct ProcessDescription {
  static constexpr std::size_t kMostArguments = 64;

  std::string name; ///< By which a module's parameters call it; no other one is called so.
  std::string command;
  std::vector<std::string> arguments;
  Unknowns unknown{};

  friend bool operator==(const ProcessDescription&, const ProcessDescription&) = default;
};

/// What was played to. Of the room only its name: whoever gets the file does not get in.
struct SessionDescription {
  std::string name{}; ///< For people, who keep many. Empty: none.
  std::optional<time::Tempo> tempo;
  std::optional<time::Beats> quantum;
  std::string room; ///< Empty: none.
  Unknowns unknown{};

  friend bool operator==(const SessionDescription&, const SessionDescription&) = default;
};

struct SnapshotReading;

/// A whole patch as a value, and as YAML that a person can read and mend.
///
/// Errors: `malformed`, with line and column, in words for a musician. Nothing is guessed: what a text does
/// not say rightly is an error, so that no slip of the pen is heard only on stage. A name that is not known
/// is kept with what it says, and told; among parameters and ports, which are heard, it is an error. A text
/// may be hostile: its length, its depth and its numbers are bounded before anything is made of it.
struct Snapshot {
  static constexpr int kVersion = 2;
  static constexpr std::size_t kMostBytes = 1'000'000;
  static constexpr std::size_t kMostGroups = 64;
  static constexpr std::size_t kMostProcesses = 64;
  static constexpr std::size_t kMostModules = 256;
  static constexpr std::uint32_t kMostId = 1'000'000'000; // of a module or a group
  static constexpr std::size_t kMostPorts = 16;           // of one module, in one direction
  static constexpr std::size_t kMostConnections = 1024;
  static constexpr auto kMostGain = audio::Decibels::of(24);

  std::vector<ModuleDescription> modules;
  std::vector<ConnectionDescription> connections; ///< The oldest first.
  SessionDescription session{};
  std::vector<GroupDescription> groups{};
  std::vector<ProcessDescription> processes{};
  Unknowns unknown{};

  static Result<Snapshot> parse(std::string_view yaml);
  /// The same, with what whoever opens the file should know.
  static Result<SnapshotReading> read(std::string_view yaml);

  /// Parses back to the same snapshot, and that one encodes to the same bytes. A change of one thing changes
  /// the line that says it, and the checksum at the end.
  [[nodiscard]] std::string encode() const;

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// A snapshot, and what was remarkable about the text: an older version, names that are not known, that it
/// is not as Tutti saved it. In sentences, each with its line where it has one.
struct SnapshotReading {
  static constexpr std::size_t kMostRemarks = 20;

  Snapshot snapshot;
  std::vector<std::string> remarks;
};

} // namespace tutti::patch
