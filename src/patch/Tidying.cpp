#include <tutti/patch/Tidying.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include "Ordering.hpp"

namespace tutti::patch {
namespace {

/// What is laid out: a card, or a group of them with its frame.
struct Box {
  int width = CardSize::kWidth;
  int height = 0;
  std::vector<std::size_t> modules; // by number
  std::vector<Position> places;     // of each of them within
};

using Column = std::vector<std::size_t>; // boxes by number, from top to bottom

/// Who flows into whom among boxes, without going round; what flows within a box does not count.
std::vector<Flow> withoutCircles(std::size_t boxes, std::vector<Flow> flows)
{
  std::erase_if(flows, [](const Flow& flow) { return flow.from == flow.to; });
  const auto goesRound = closesCycle(boxes, flows);
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
  for (std::size_t box = 0; box < depths.size(); ++box) {
    if (hears[box]) continue;
    std::size_t nearest = 0;
    for (const auto& flow : flows)
      if (flow.from == box) nearest = nearest == 0 ? before[flow.to] : std::min(nearest, before[flow.to]);
    if (nearest > 0) depths[box] = nearest - 1;
  }
}

/// In which column each stands.
std::vector<std::size_t> depthsOf(std::size_t boxes, const std::vector<Flow>& flows)
{
  std::vector<std::size_t> depths(boxes);
  const auto order = inOrder(boxes, flows);
  if (!order) return depths;
  for (const auto box : *order)
    for (const auto& flow : flows)
      if (flow.from == box) depths[flow.to] = std::max(depths[flow.to], depths[box] + 1);
  drawNearer(depths, flows);
  return depths;
}

/// The mean of the rows of those that it hears.
double wishedRow(std::size_t box, const std::vector<Flow>& flows, const std::vector<double>& rows,
                 double otherwise)
{
  double sum = 0;
  int count = 0;
  for (const auto& flow : flows)
    if (flow.to == box) {
      sum += rows[flow.from];
      ++count;
    }
  return count == 0 ? otherwise : sum / count;
}

std::vector<Column> columnsOf(std::size_t boxes, const std::vector<Flow>& flows)
{
  const auto depths = depthsOf(boxes, flows);
  std::vector<Column> columns;
  for (std::size_t box = 0; box < depths.size(); ++box) {
    if (columns.size() <= depths[box]) columns.resize(depths[box] + 1);
    columns[depths[box]].push_back(box);
  }
  std::vector<double> rows(depths.size());
  for (auto& column : columns) {
    std::vector<std::pair<double, std::size_t>> wishes;
    for (const auto box : column)
      wishes.emplace_back(wishedRow(box, flows, rows, static_cast<double>(wishes.size())), box);
    std::ranges::sort(wishes);
    for (std::size_t row = 0; row < column.size(); ++row) {
      column[row] = wishes[row].second;
      rows[column[row]] = static_cast<double>(row);
    }
  }
  return columns;
}

int heightOf(const Column& column, const std::vector<Box>& boxes)
{
  int height = -CardSize::kGap;
  for (const auto box : column) height += boxes[box].height + CardSize::kGap;
  return height;
}

/// Boxes side by side: their corners, and how much room all of them take.
struct Layout {
  std::vector<Position> corners;
  int width = 0;
  int height = 0;
};

Layout layOut(const std::vector<Box>& boxes, std::vector<Flow> flows)
{
  constexpr int kBetween = CardSize::kStride - CardSize::kWidth;
  const auto columns = columnsOf(boxes.size(), withoutCircles(boxes.size(), std::move(flows)));
  Layout layout{.corners = std::vector<Position>(boxes.size())};
  for (const auto& column : columns) layout.height = std::max(layout.height, heightOf(column, boxes));
  int x = 0;
  for (const auto& column : columns) {
    int y = (layout.height - heightOf(column, boxes)) / 2;
    int widest = 0;
    for (const auto box : column) {
      layout.corners[box] = {x, y};
      y += boxes[box].height + CardSize::kGap;
      widest = std::max(widest, boxes[box].width);
    }
    layout.width = x + widest;
    x += widest + kBetween;
  }
  return layout;
}

/// All flows between modules, by number.
std::vector<Flow> flowsOf(const Patch& patch)
{
  std::map<ModuleId, std::size_t> numbers;
  for (const auto& place : patch.modules()) numbers.emplace(place.about.id, numbers.size());
  std::vector<Flow> flows;
  for (const auto& connection : patch.connections())
    flows.push_back({numbers.at(connection.from.module), numbers.at(connection.to.module)});
  return flows;
}

Box boxOf(const Patch& patch, std::size_t module)
{
  return {.height = CardSize::height(patch.modules()[module].about), .modules = {module}, .places = {{0, 0}}};
}

/// The cards of a group lie as they would alone, and their frame around them.
Box boxOf(const Patch& patch, const std::vector<std::size_t>& members, const std::vector<Flow>& all)
{
  std::map<std::size_t, std::size_t> numbers;
  std::vector<Box> cards;
  for (const auto module : members) {
    numbers.emplace(module, cards.size());
    cards.push_back(boxOf(patch, module));
  }
  std::vector<Flow> flows;
  for (const auto& flow : all)
    if (numbers.contains(flow.from) && numbers.contains(flow.to))
      flows.push_back({numbers.at(flow.from), numbers.at(flow.to)});
  const auto inside = layOut(cards, std::move(flows));
  Box box{.width = inside.width + 2 * CardSize::kFrame,
          .height = inside.height + 2 * CardSize::kFrame + CardSize::kLabel,
          .modules = members,
          .places = {}};
  for (const auto& corner : inside.corners)
    box.places.push_back({corner.x + CardSize::kFrame, corner.y + CardSize::kFrame + CardSize::kLabel});
  return box;
}

/// A group is where its first card is in the order of all.
std::vector<Box> boxesOf(const Patch& patch, const std::vector<Flow>& flows)
{
  std::map<GroupId, std::vector<std::size_t>> members;
  for (std::size_t module = 0; module < patch.modules().size(); ++module)
    members[patch.modules()[module].about.looks.group].push_back(module);
  std::vector<Box> boxes;
  for (std::size_t module = 0; module < patch.modules().size(); ++module) {
    const auto group = patch.modules()[module].about.looks.group;
    if (group == GroupId{})
      boxes.push_back(boxOf(patch, module));
    else if (members.at(group).front() == module)
      boxes.push_back(boxOf(patch, members.at(group), flows));
  }
  return boxes;
}

} // namespace

int CardSize::height(const ModuleDescription& module)
{
  const auto ports = std::max({module.inputs.size(), module.outputs.size(), std::size_t{1}});
  return kHead + kPort * static_cast<int>(ports);
}

std::map<ModuleId, Position> tidy(const Patch& patch)
{
  auto flows = flowsOf(patch);
  const auto boxes = boxesOf(patch, flows);
  std::vector<std::size_t> boxOfModule(patch.modules().size());
  for (std::size_t box = 0; box < boxes.size(); ++box)
    for (const auto module : boxes[box].modules) boxOfModule[module] = box;
  for (auto& [from, to] : flows) {
    from = boxOfModule[from];
    to = boxOfModule[to];
  }
  const auto layout = layOut(boxes, std::move(flows));
  std::map<ModuleId, Position> places;
  for (std::size_t box = 0; box < boxes.size(); ++box)
    for (std::size_t i = 0; i < boxes[box].modules.size(); ++i) {
      const auto& within = boxes[box].places[i];
      const auto& corner = layout.corners[box];
      places[patch.modules()[boxes[box].modules[i]].about.id] = {corner.x + within.x, corner.y + within.y};
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
