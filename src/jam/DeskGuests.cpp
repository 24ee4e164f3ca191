#include <fmt/format.h>
#include <utility>

#include <tutti/patch/Name.hpp>

#include "Cast.hpp"
#include "Seating.hpp"

/// Who comes and goes from outside, and who stays as a ghost.
namespace tutti::jam {
namespace {

std::string cutTo(std::size_t most, std::string name)
{
  while (name.size() > most || !patch::isName(name)) name.pop_back();
  return name;
}

/// So that a file can hold it; strangers choose it.
GuestId numbered(const GuestId& who, int number)
{
  constexpr auto kRoom = patch::kLongestName - part::kGuest.size();
  const auto suffix = number == 1 ? std::string{} : fmt::format(" {}", number);
  return {who.kind, cutTo(kRoom - suffix.size(), patch::nameFrom(who.name)) + suffix};
}

std::size_t cablesOf(const patch::Patch& patch, patch::ModuleId place)
{
  std::size_t count = 0;
  for (const auto& connection : patch.connections())
    if (connection.from.module == place || connection.to.module == place) ++count;
  return count;
}

} // namespace

Result<std::size_t> Desk::exchange(patch::ModuleId place, const std::shared_ptr<patch::Module>& module)
{
  const auto before = cablesOf(patch_, place);
  if (auto done = patch_.exchange(place, module); !done) return tl::unexpected{done.error()};
  history_.replace(place, module);
  play();
  return before - cablesOf(patch_, place);
}

Result<Arrival> Desk::welcome(std::string_view name, std::shared_ptr<patch::Module> module)
{
  const GuestId who{std::string{module->type()}, std::string{name}};
  auto& guests = seats_->guests;
  auto& ghosts = seats_->ghosts;
  if (guests.size() == kMostGuests)
    return failure(ErrorKind::refused,
                   fmt::format("{} come from outside already; there is room for no more", kMostGuests));
  auto id = numbered(who, 1);
  for (int number = 2; guests.contains(id); ++number) id = numbered(who, number);
  if (auto spot = ghosts.take(id, patch_)) {
    const auto lost = exchange(spot->source, module);
    if (!lost) {
      ghosts.keep(id, std::move(*spot));
      return tl::unexpected{lost.error()};
    }
    guests.emplace(id, spot->source);
    return Arrival{id, *lost};
  }
  if (!hasRoomFor(1)) return failure(ErrorKind::refused, "there is no room for another module");
  const auto place = patch_.add(std::move(module), id.name);
  if (!place) return tl::unexpected{place.error()};
  guests.emplace(id, *place);
  play();
  return Arrival{id, 0};
}

Result<std::size_t> Desk::replace(const GuestId& id, const std::shared_ptr<patch::Module>& module)
{
  const auto guest = seats_->guests.find(id);
  if (guest == seats_->guests.end()) return failure(ErrorKind::refused, "it has gone");
  return exchange(guest->second, module);
}

void Desk::sayGoodbye(const GuestId& id, std::string_view why)
{
  if (const auto guest = seats_->guests.find(id); guest != seats_->guests.end()) {
    const Spot spot{guest->second};
    seats_->guests.erase(guest);
    seats_->troubles.erase(spot.source);
    letGo(id, spot, why);
  } else if (const auto ghost = seats_->ghosts.all().find(id); ghost != seats_->ghosts.all().end()) {
    patch_.lose(ghost->second.source, why);
  }
}

void Desk::setTrouble(const GuestId& id, std::string_view trouble)
{
  const auto guest = seats_->guests.find(id);
  if (guest == seats_->guests.end()) return;
  if (trouble.empty())
    seats_->troubles.erase(guest->second);
  else
    seats_->troubles[guest->second] = trouble;
}

std::vector<GuestSnapshot> Desk::showGuests() const
{
  std::vector<GuestSnapshot> shown;
  for (const auto& [id, place] : seats_->guests) {
    const auto trouble = seats_->troubles.find(place);
    shown.push_back(
      {id, place, true, {}, trouble == seats_->troubles.end() ? std::string{} : trouble->second});
  }
  for (const auto& [who, spot] : seats_->ghosts.all())
    if (const auto* const place = patch_.find(spot.source); place != nullptr && !Ghosts::isPlayer(who))
      shown.push_back({who, spot.source, false, place->whyMissing});
  return shown;
}

bool Desk::isConnected(const GuestId& id) const
{
  const auto guest = seats_->guests.find(id);
  return guest != seats_->guests.end() && cablesOf(patch_, guest->second) > 0;
}

std::optional<patch::ModuleId> Desk::placeOf(const StripId& strip) const
{
  for (const auto& [place, known] : seats_->strips())
    if (known == strip) return place;
  return std::nullopt;
}

Result<void> Desk::lead(const StripId& from, const GuestId& to, std::string_view what)
{
  const auto guest = seats_->guests.find(to);
  if (guest == seats_->guests.end()) return failure(ErrorKind::refused, "it has gone");
  const auto strip = placeOf(from);
  if (!strip) return failure(ErrorKind::refused, "that strip has gone");
  return edit(what, [&](patch::Patch& patch) -> Result<void> {
    const auto made = patch.connect({*strip, 0}, {guest->second, 0});
    return made ? Result<void>{} : tl::unexpected{made.error()};
  });
}

Result<void> Desk::lead(const GuestId& from, const StripId& to, std::string_view what)
{
  const auto guest = seats_->guests.find(from);
  if (guest == seats_->guests.end()) return failure(ErrorKind::refused, "it has gone");
  const auto strip = placeOf(to);
  if (!strip) return failure(ErrorKind::refused, "that strip has gone");
  return edit(what, [&](patch::Patch& patch) -> Result<void> {
    const auto made = patch.connect({guest->second, 0}, {*strip, 0});
    return made ? Result<void>{} : tl::unexpected{made.error()};
  });
}

/// The ghosts know it still: undone, it is one of them again.
Result<void> Desk::dismiss(const GuestId& id, std::string_view what)
{
  sayGoodbye(id, "it was taken out of the patch");
  const auto& ghosts = seats_->ghosts.all();
  const auto ghost = ghosts.find(id);
  if (ghost == ghosts.end() || patch_.find(ghost->second.source) == nullptr) return {};
  return edit(what, [place = ghost->second.source](patch::Patch& patch) -> Result<void> {
    patch.remove(place);
    return {};
  });
}

GuestId Desk::idFor(std::string_view kind, std::string_view name)
{
  return numbered({std::string{kind}, std::string{name}}, 1);
}

/// Stays as a ghost if a hand has wired it; else it leaves nothing behind.
void Desk::letGo(const GuestId& who, const Spot& spot, std::string_view why)
{
  const auto before = patch_;
  if (isWiredByHand(patch_, spot, seats_->masterId)) {
    patch_.lose(spot.source, why);
    seats_->ghosts.keep(who, spot);
  } else {
    patch_.remove(spot.source);
    if (spot.stripId) patch_.remove(*spot.stripId);
  }
  endSoloOfGone(before);
  history_.replace(spot.source, nullptr, why);
  play();
}

} // namespace tutti::jam
