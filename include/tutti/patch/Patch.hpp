#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutti/patch/Module.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::patch {

class Workshop;

/// A connection, as long as it is there. Younger ones have greater numbers.
struct ConnectionId {
  std::uint32_t number = 0;
  friend constexpr auto operator<=>(ConnectionId, ConnectionId) = default;
};

struct Connection {
  ConnectionId id;
  Socket from;
  Socket to;
  audio::Decibels gain;
  Unknowns unknown{};

  friend bool operator==(const Connection&, const Connection&) = default;
};

/// A module in the patch. When it is missing its place is kept: shown greyed, with its name and all that it
/// is connected to, and saved as it was.
struct PatchModule {
  ModuleDescription about;
  std::shared_ptr<Module> module; ///< Nothing: it is missing.
  std::string whyMissing;         ///< In a few words; empty when it is there.

  [[nodiscard]] bool isMissing() const { return module == nullptr; }
};

/// What is there, and what is connected to what: the description that is edited, shown and saved. A `Player`
/// makes it sound.
///
/// One channel that goes into several goes into all of them; several that go into one share it equally;
/// otherwise the first goes to the first, and so on. An input adds up all that comes.
///
/// Threads: one at a time, any but audio. A copy shares the modules.
/// Errors:  `refused`, in a sentence, when an edit makes no sense; then nothing has changed.
class Patch {
public:
  Result<ModuleId> add(std::shared_ptr<Module> module, std::string_view name);
  void remove(ModuleId id); ///< With its connections.
  void rename(ModuleId id, std::string_view name);
  void setLooks(ModuleId id, const Looks& looks);
  /// Is there again, as it was and where it was in the order. Its group, if it is gone, it has left.
  Result<void> putBack(PatchModule place);

  /// Puts `module` where one is missing, or in the place of another. It has the same ports.
  Result<void> fill(ModuleId id, std::shared_ptr<Module> module);
  /// The same with other ports: a cable goes on at the port of the same name; without one it is taken off.
  Result<void> exchange(ModuleId id, std::shared_ptr<Module> module);
  /// The module leaves; its place is kept as a missing one. If it is one already, this is why from now on.
  void lose(ModuleId id, std::string_view why);

  Result<ConnectionId> connect(Socket from, Socket to, audio::Decibels gain = {});
  void disconnect(ConnectionId id);
  void setGain(ConnectionId id, audio::Decibels gain);
  Result<void> putBack(const Connection& connection);

  Result<GroupId> addGroup(std::string_view name);
  void putGroup(const GroupDescription& group); ///< As it is here, or in the place of the one with its id.
  void removeGroup(GroupId id);                 ///< Who belonged to it stays.

  [[nodiscard]] const std::vector<PatchModule>& modules() const { return modules_; }
  [[nodiscard]] const std::vector<Connection>& connections() const { return connections_; }
  [[nodiscard]] const PatchModule* find(ModuleId id) const;
  [[nodiscard]] const Connection* find(ConnectionId id) const;

  /// A note of a program that brings modules; nothing here starts it.
  /// Errors: `malformed`, with a sentence, where a file could not say it; `refused` for one too many.
  Result<void> addProcess(ProcessDescription process);
  void removeProcess(std::string_view name);

  /// Those that close a cycle, and so carry what was there one block ago. Of a cycle it is the youngest.
  [[nodiscard]] std::vector<ConnectionId> delayed() const;

  /// What it was played to; only kept, for the next who opens the file.
  void setSession(SessionDescription session) { rest_.session = std::move(session); }
  [[nodiscard]] const SessionDescription& session() const { return rest_.session; }
  [[nodiscard]] const std::vector<ProcessDescription>& processes() const { return rest_.processes; }
  [[nodiscard]] const std::vector<GroupDescription>& groups() const { return rest_.groups; }

  [[nodiscard]] Snapshot snapshot() const;

  /// Becomes what the snapshot says. What the workshop cannot make is there, but missing.
  /// Errors: `malformed`, with line and column when the snapshot came from a text; then nothing has changed.
  Result<void> load(const Snapshot& snapshot, const Workshop& workshop);

private:
  PatchModule* found(ModuleId id);
  [[nodiscard]] bool holds(const Module& module) const;

  std::vector<PatchModule> modules_;
  std::vector<Connection> connections_;
  Snapshot rest_; // all of it that is neither module nor connection
  std::uint32_t lastModule_ = 0;
  std::uint32_t lastConnection_ = 0;
};

} // namespace tutti::patch
