#include "Ghosts.hpp"

#include <algorithm>

#include <tutti/jam/FromPlayer.hpp>
#include <tutti/patch/Name.hpp>

namespace tutti::jam {
namespace {

/// A hand may have removed it.
bool isThere(const Spot& spot, const patch::Patch& patch)
{
  return patch.find(spot.source) != nullptr && (!spot.stripId || patch.find(*spot.stripId) != nullptr);
}

} // namespace

bool isWiredByHand(const patch::Patch& patch, const Spot& spot, patch::ModuleId master)
{
  const auto isTheirs = [&](patch::ModuleId id) { return id == spot.source || id == spot.stripId; };
  std::size_t usual = 0;
  for (const auto& connection : patch.connections()) {
    const auto from = connection.from.module;
    const auto to = connection.to.module;
    if (!isTheirs(from) && !isTheirs(to)) continue;
    const bool isUsual =
      (from == spot.source && to == spot.stripId) || (from == spot.stripId && to == master);
    if (!isUsual || connection.gain != audio::Decibels{}) return true;
    ++usual;
  }
  const auto isDressed = [&](patch::ModuleId id) {
    const auto& looks = patch.find(id)->about.looks;
    return looks.colour || looks.group != patch::GroupId{};
  };
  const std::size_t wanted = spot.stripId ? 2 : 0;
  return usual != wanted || isDressed(spot.source) || (spot.stripId && isDressed(*spot.stripId));
}

GuestId Ghosts::player(std::string_view name)
{
  return {std::string{FromPlayer::kType}, patch::nameFrom(name)};
}

bool Ghosts::isPlayer(const GuestId& who)
{
  return who.kind == FromPlayer::kType;
}

std::optional<Spot> Ghosts::take(const GuestId& who, const patch::Patch& patch)
{
  std::erase_if(spots_, [&](const auto& entry) { return !isThere(entry.second, patch); });
  const auto found = spots_.find(who);
  if (found == spots_.end()) return std::nullopt;
  auto spot = std::move(found->second);
  spots_.erase(found);
  return spot;
}

bool Ghosts::has(const GuestId& who, const patch::Patch& patch) const
{
  const auto [begin, end] = spots_.equal_range(who);
  return std::any_of(begin, end, [&](const auto& entry) { return isThere(entry.second, patch); });
}

} // namespace tutti::jam
