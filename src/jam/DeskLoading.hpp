#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string_view>

#include <tutti/jam/Desk.hpp>

#include "Cast.hpp"
#include "Seating.hpp"

namespace tutti::jam {

/// What becomes of a desk by a snapshot: made beside it, and taken over when all of it has gone well.
class Desk::Loading {
public:
  Loading(const Desk& desk, Cast cast);

  Result<void> make(const patch::Snapshot& snapshot);
  void takeOver(Desk& desk);

private:
  using ModuleId = patch::ModuleId;

  [[nodiscard]] patch::Workshop workshop() const;
  [[nodiscard]] std::shared_ptr<patch::Module> runningAt(const std::optional<ModuleId>& place) const;
  [[nodiscard]] bool isFresh(ModuleId id) const { return added_.contains(id); }

  ModuleId add(std::shared_ptr<patch::Module> module, std::string_view name);
  void sit(ModuleId place, std::shared_ptr<patch::Module> module);
  void join(ModuleId from, ModuleId to);
  ModuleId seat(std::string_view part, std::string_view name, std::shared_ptr<patch::Module> module);
  template <class Kind>
  ModuleId seatMade(std::string_view part, std::string_view name, std::shared_ptr<Kind>& module);
  void seatInstrument();
  void seatOwn();
  void seatRoom();
  void seatPlayers();
  void seatPlayer(const PlayerId& id, Seating::Voice voice);
  void seatGuests();
  void seatGhosts();
  void seatListeners();
  void joinAsUsual();
  Result<void> verdict() const;

  const Desk& running_;
  Cast cast_;
  patch::Patch patch_;
  std::set<ModuleId> added_; // what is not in the snapshot
  std::optional<Error> refusal_;
  Seating seats_;
};

} // namespace tutti::jam
