#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include <tutti/jam/Desk.hpp>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/MetronomeModule.hpp>
#include <tutti/patch/Tidying.hpp>

#include "Seating.hpp"

/// The desk as a patchbay: what is seen of its patch, and what hands do to it.
namespace tutti::jam {
namespace {

using Gesture = patch::History::Gesture;

patch::CatalogueEntry pair(std::string_view type, std::string_view name, std::string_view about, int first)
{
  patch::CatalogueEntry entry{
    std::string{type}, fmt::format("{} {}–{}", name, first, first + 1), std::string{about}, {}};
  entry.parameters.add("first", std::to_string(first));
  entry.parameters.add("channels", std::string{"2"});
  return entry;
}

std::vector<patch::CatalogueEntry> catalogue()
{
  constexpr int kMostChannels = 8; // more are in few devices, and in files whoever needs them
  std::vector<patch::CatalogueEntry> entries{
    {std::string{patch::MixStrip::kType}, "Strip", "gain, pan, mute and levels of two channels", {}},
    {std::string{patch::MetronomeModule::kType}, "Metronome", "clicks on the shared beat", {}}};
  for (int first = 1; first < kMostChannels; first += 2)
    entries.push_back(pair(patch::DeviceInput::kType, "Input", "two channels from the sound device", first));
  for (int first = 1; first < kMostChannels; first += 2)
    entries.push_back(pair(patch::DeviceOutput::kType, "Output", "two channels to the sound device", first));
  return entries;
}

bool isAnyPlaced(const patch::Patch& patch)
{
  return std::ranges::any_of(patch.modules(),
                             [](const auto& place) { return place.about.looks.position.has_value(); });
}

void layDown(patch::Patch& patch, patch::ModuleId id, patch::Position position)
{
  const auto* const place = patch.find(id);
  if (place == nullptr) return;
  auto looks = place->about.looks;
  constexpr int kFarthest = patch::Position::kFarthest;
  looks.position = patch::Position{std::clamp(position.x, -kFarthest, kFarthest),
                                   std::clamp(position.y, -kFarthest, kFarthest)};
  patch.setLooks(id, looks);
}

} // namespace

/// Before anybody has moved a card, all are tidy. Afterwards what comes lies down somewhere, and stays there.
std::map<patch::ModuleId, patch::Position> Desk::places()
{
  if (!isAnyPlaced(patch_)) return placed_ = patch::tidy(patch_);
  auto asSeen = patch_;
  std::erase_if(placed_, [&](const auto& place) { return patch_.find(place.first) == nullptr; });
  for (const auto& [id, position] : placed_)
    if (!patch_.find(id)->about.looks.position) layDown(asSeen, id, position);
  for (const auto& [id, position] : patch::placesForNew(asSeen)) placed_[id] = position;
  auto places = placed_;
  for (const auto& place : patch_.modules())
    if (const auto& position = place.about.looks.position) places[place.about.id] = *position;
  return places;
}

PatchSnapshot Desk::showPatch()
{
  PatchSnapshot shown;
  const auto places = this->places();
  const auto strips = seats_->strips();
  const auto fixed = seats_->fixed();
  for (const auto& place : patch_.modules()) {
    const auto& about = place.about;
    const auto strip = strips.find(about.id);
    const auto trouble = seats_->troubles.find(about.id);
    shown.cards.push_back({.id = about.id,
                           .type = about.type,
                           .name = about.name,
                           .inputs = about.inputs,
                           .outputs = about.outputs,
                           .position = places.at(about.id),
                           .colour = about.looks.colour,
                           .group = about.looks.group,
                           .strip = strip == strips.end() ? std::nullopt : std::optional{strip->second},
                           .isRemovable = std::ranges::find(fixed, about.id) == fixed.end(),
                           .isMissing = place.isMissing(),
                           .whyMissing = place.whyMissing,
                           .trouble = trouble == seats_->troubles.end() ? std::string{} : trouble->second});
  }
  const auto peaks = player_.takePeaks();
  const auto delayed = patch_.delayed();
  for (const auto& connection : patch_.connections()) {
    const auto peak = peaks.find(connection.id);
    shown.connections.push_back({.id = connection.id,
                                 .from = connection.from,
                                 .to = connection.to,
                                 .gain = connection.gain,
                                 .peak = peak == peaks.end() ? audio::Decibels::silence() : peak->second,
                                 .isDelayed = std::ranges::find(delayed, connection.id) != delayed.end()});
  }
  shown.groups = patch_.groups();
  shown.undoable = history_.undoable();
  shown.redoable = history_.redoable();
  shown.catalogue = catalogue();
  return shown;
}

Result<void> Desk::edit(std::string_view what, const Work& work, Gesture gesture)
{
  const auto before = patch_;
  auto done = work(patch_);
  const auto isGone = [&](patch::ModuleId id) { return patch_.find(id) == nullptr; };
  if (done && std::ranges::any_of(seats_->fixed(), isGone))
    done = failure(ErrorKind::refused,
                   "this belongs to somebody who is here, or to Tutti itself; you can take its cables off");
  if (!done) {
    patch_ = before;
    return done;
  }
  history_.note(before, patch_, what, gesture);
  endSoloOfGone(before);
  heedDevice();
  play();
  return {};
}

Result<patch::ModuleId> Desk::addModule(std::string_view what, const patch::CatalogueEntry& kind,
                                        patch::Position position)
{
  if (!hasRoomFor(1)) return failure(ErrorKind::refused, "there is no room for another module");
  auto module = workshop_.make({.id = {},
                                .type = kind.type,
                                .name = kind.name,
                                .inputs = {},
                                .outputs = {},
                                .parameters = kind.parameters});
  if (!module) return tl::unexpected{module.error()};
  patch::ModuleId added;
  const auto seen = places();
  const auto done = edit(what, [&](patch::Patch& patch) -> Result<void> {
    for (const auto& [id, where] : seen) layDown(patch, id, where);
    const auto id = patch.add(*module, kind.name);
    if (!id) return tl::unexpected{id.error()};
    layDown(patch, added = *id, position);
    return {};
  });
  if (!done) return tl::unexpected{done.error()};
  return added;
}

Result<void> Desk::move(std::string_view what, const std::map<patch::ModuleId, patch::Position>& places,
                        Gesture gesture)
{
  auto seen = this->places();
  for (const auto& [id, position] : places) seen[id] = position;
  return edit(
    what,
    [&](patch::Patch& patch) -> Result<void> {
      for (const auto& [id, position] : seen) layDown(patch, id, position);
      return {};
    },
    gesture);
}

Result<void> Desk::tidyUp(std::string_view what)
{
  return move(what, patch::tidy(patch_));
}

void Desk::undo()
{
  if (!history_.undo(patch_, seats_->fixed())) return;
  heedDevice();
  play();
}

void Desk::redo()
{
  if (!history_.redo(patch_, seats_->fixed())) return;
  heedDevice();
  play();
}

} // namespace tutti::jam
