#include "Cast.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include <tutti/jam/ToRoom.hpp>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/MetronomeModule.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/patch/Name.hpp>

namespace tutti::jam {
namespace {

struct Part {
  std::string_view name;
  std::string_view type; // empty: any
};

constexpr std::array<Part, 7> kParts{{{part::kInstrument, {}},
                                      {part::kOwnStrip, patch::MixStrip::kType},
                                      {part::kMetronome, patch::MetronomeModule::kType},
                                      {part::kMetronomeStrip, patch::MixStrip::kType},
                                      {part::kMaster, patch::MixStrip::kType},
                                      {part::kOutput, patch::DeviceOutput::kType},
                                      {part::kRoom, ToRoom::kType}}};

const Part* single(std::string_view name)
{
  const auto* const found = std::ranges::find(kParts, name, &Part::name);
  return found == kParts.end() ? nullptr : found;
}

std::string_view typeOf(std::string_view part)
{
  if (const auto* const known = single(part)) return known->type;
  return part.starts_with(part::kStrip) ? patch::MixStrip::kType : std::string_view{};
}

tl::unexpected<Error> refusal(const patch::ModuleDescription& module, std::string_view reason)
{
  return tl::unexpected{patch::errorAt(module.role.place, reason)};
}

} // namespace

std::string part::player(std::string_view name)
{
  return patch::nameFrom(std::string{kPlayer} + std::string{name});
}

std::string part::strip(std::string_view name)
{
  return patch::nameFrom(std::string{kStrip} + std::string{name});
}

std::string part::guest(std::string_view name)
{
  return patch::nameFrom(std::string{kGuest} + std::string{name});
}

bool Cast::isKnown(std::string_view part)
{
  return single(part) != nullptr || part.starts_with(part::kPlayer) || part.starts_with(part::kStrip) ||
         part.starts_with(part::kGuest);
}

Result<Cast> Cast::of(const patch::Snapshot& snapshot)
{
  Cast cast;
  for (const auto& module : snapshot.modules) {
    const auto& part = module.role.name;
    if (!isKnown(part)) continue;
    if (part.starts_with(part::kGuest)) {
      cast.guests_.emplace(GuestId{module.type, part.substr(part::kGuest.size())}, module.id);
      continue;
    }
    if (const auto type = typeOf(part); !type.empty() && module.type != type)
      return refusal(module, fmt::format("only a {} can be the {}", type, part));
    auto& free = cast.free_[part];
    if (single(part) != nullptr && !free.empty())
      return refusal(module, fmt::format("another module is the {} already", part));
    free.push_back(module.id);
  }
  return cast;
}

std::optional<patch::ModuleId> Cast::take(std::string_view part)
{
  const auto found = free_.find(part);
  if (found == free_.end() || found->second.empty()) return std::nullopt;
  const auto id = found->second.front();
  found->second.erase(found->second.begin());
  return id;
}

std::optional<patch::ModuleId> Cast::take(const GuestId& guest)
{
  const auto place = guests_.extract(guest);
  return place ? std::optional{place.mapped()} : std::nullopt;
}

std::vector<std::string> Cast::playersLeft() const
{
  std::vector<std::string> names;
  for (const auto& [part, ids] : free_)
    if (part.starts_with(part::kPlayer))
      names.insert(names.end(), ids.size(), part.substr(part::kPlayer.size()));
  return names;
}

bool Cast::has(patch::ModuleId id, std::string_view part) const
{
  const auto found = free_.find(part);
  return found != free_.end() && std::ranges::find(found->second, id) != found->second.end();
}

} // namespace tutti::jam
