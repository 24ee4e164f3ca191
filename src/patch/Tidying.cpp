#include <tutti/patch/Tidying.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include "Ordering.hpp"

namespace tutti::patch {
namespace {

using Column = std::vector<std::size_t>; // modules by number, from top to bottom

/// Who flows into whom, without going round.
std::vector<Flow> flowsOf(const Patch& patch)
{
  const auto indexOf = [&](ModuleId id) {
    return static_cast<std::size_t>(patch.find(id) - patch.modules().data());
  };
  std::vector<Flow> flows;
  for (const auto& connection : patch.connections())
    flows.push_back({indexOf(connection.from.module), indexOf(connection.to.module)});
  const auto goesRound = closesCycle(patch.modules().size(), flows);
  std::size_t i = 0;
  std::erase_if(flows, [&](const Flow&) { return goesRound[i++]; });
  return flows;
}

/// What hears nobody stands just before the first that hears it.
void drawNearer(std::vector<std::size_t>& depths, const std::vector<Flow>& flows)
{
  const auto before = depths;
  std::vector<bool> hears(depths.size());
  for (const auto& flow : flows) hears[flow.to] = true;
  for (std::size_t module = 0; module < depths.size(); ++module) {
    if (hears[module]) continue;
    std::size_t nearest = 0;
    for (const auto& flow : flows)
      if (flow.from == module) nearest = nearest == 0 ? before[flow.to] : std::min(nearest, before[flow.to]);
    if (nearest > 0) depths[module] = nearest - 1;
  }
}

/// In which column each stands.
std::vector<std::size_t> depthsOf(std::size_t modules, const std::vector<Flow>& flows)
{
  std::vector<std::size_t> depths(modules);
  const auto order = inOrder(modules, flows);
  if (!order) return depths;
  for (const auto module : *order)
    for (const auto& flow : flows)
      if (flow.from == module) depths[flow.to] = std::max(depths[flow.to], depths[module] + 1);
  drawNearer(depths, flows);
  return depths;
}

/// The mean of the rows of those that it hears.
double wishedRow(std::size_t module, const std::vector<Flow>& flows, const std::vector<double>& rows,
                 double otherwise)
{
  double sum = 0;
  int count = 0;
  for (const auto& flow : flows)
    if (flow.to == module) {
      sum += rows[flow.from];
      ++count;
    }
  return count == 0 ? otherwise : sum / count;
}

std::vector<Column> columnsOf(const Patch& patch)
{
  const auto flows = flowsOf(patch);
  const auto depths = depthsOf(patch.modules().size(), flows);
  std::vector<Column> columns;
  for (std::size_t module = 0; module < depths.size(); ++module) {
    if (columns.size() <= depths[module]) columns.resize(depths[module] + 1);
    columns[depths[module]].push_back(module);
  }
  std::vector<double> rows(depths.size());
  for (auto& column : columns) {
    std::vector<std::pair<double, std::size_t>> wishes;
    for (const auto module : column)
      wishes.emplace_back(wishedRow(module, flows, rows, static_cast<double>(wishes.size())), module);
    std::ranges::sort(wishes);
    for (std::size_t row = 0; row < column.size(); ++row) {
      column[row] = wishes[row].second;
      rows[column[row]] = static_cast<double>(row);
    }
  }
  return columns;
}

int heightOf(const Column& column, const Patch& patch)
{
  int height = -CardSize::kGap;
  for (const auto module : column) height += CardSize::height(patch.modules()[module].about) + CardSize::kGap;
  return height;
}

} // namespace

int CardSize::height(const ModuleDescription& module)
{
  const auto ports = std::max({module.inputs.size(), module.outputs.size(), std::size_t{1}});
  return kHead + kPort * static_cast<int>(ports);
}

std::map<ModuleId, Position> tidy(const Patch& patch)
{
  const auto columns = columnsOf(patch);
  int tallest = 0;
  for (const auto& column : columns) tallest = std::max(tallest, heightOf(column, patch));
  std::map<ModuleId, Position> places;
  int x = 0;
  for (const auto& column : columns) {
    int y = (tallest - heightOf(column, patch)) / 2;
    for (const auto module : column) {
      const auto& about = patch.modules()[module].about;
      places[about.id] = {x, y};
      y += CardSize::height(about) + CardSize::kGap;
    }
    x += CardSize::kStride;
  }
  return places;
}

std::map<ModuleId, Position> placesForNew(const Patch& patch)
{
  std::optional<Position> corner; // the lower left one of all that lies somewhere
  for (const auto& place : patch.modules())
    if (const auto& position = place.about.looks.position) {
      const Position bottom{position->x, position->y + CardSize::height(place.about)};
      corner = corner ? Position{std::min(corner->x, bottom.x), std::max(corner->y, bottom.y)} : bottom;
    }
  auto places = tidy(patch);
  if (!corner) return places;
  std::erase_if(places,
                [&](const auto& place) { return patch.find(place.first)->about.looks.position.has_value(); });
  int column = 0;
  for (auto& [id, position] : places)
    position = {corner->x + CardSize::kStride * column++, corner->y + CardSize::kGap};
  return places;
}

} // namespace tutti::patch
