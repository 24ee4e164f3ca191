#include "SnapshotReader.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "Wording.hpp"

namespace tutti::patch {
namespace {

constexpr auto kMostId = Snapshot::kMostId;
constexpr Range kTempo{time::Tempo::kSlowestBpm, time::Tempo::kFastestBpm};
constexpr Range kQuantum{1, 64};
constexpr Range kCoordinate{-Position::kFarthest, Position::kFarthest};

} // namespace

Snapshot SnapshotReader::read(const YamlTree& root)
{
  Snapshot snapshot;
  version(root);
  if (refusal_) return snapshot;
  isMap(root, {"tutti-patch", "session", "processes", "groups", "modules", "connections", "checksum"},
        snapshot.unknown);
  snapshot.session = session(root);
  processes(root, snapshot);
  groups(root, snapshot);
  modules(root, snapshot);
  connections(root, snapshot);
  return snapshot;
}

void SnapshotReader::version(const YamlTree& root)
{
  const auto* const version = root.find("tutti-patch");
  if (version == nullptr) return refuse(root, "this is not a patch of Tutti");
  const auto number = whole(*version, 1, 1'000'000);
  if (number > Snapshot::kVersion)
    refuse(*version, "a newer Tutti has written this patch; please update this one");
  else if (number < Snapshot::kVersion)
    remark(fmt::format("this patch is of an older Tutti (version {}); saved again, it is of version {}",
                       number, Snapshot::kVersion));
}

SessionDescription SnapshotReader::session(const YamlTree& root)
{
  SessionDescription session;
  const auto* const tree = root.find("session");
  if (tree == nullptr || !isMap(*tree, {"name", "tempo", "quantum", "room"}, session.unknown)) return session;
  if (const auto* const called = tree->find("name")) session.name = name(*called);
  if (const auto* const tempo = tree->find("tempo"))
    session.tempo = time::Tempo::fromBpm(number(*tempo, "tempo", kTempo));
  if (const auto* const quantum = tree->find("quantum"))
    session.quantum = time::Beats::fromDouble(number(*quantum, "quantum", kQuantum));
  if (const auto* const room = tree->find("room")) {
    session.room = name(*room);
    if (session.room.starts_with("tutti://"))
      refuse(*room, "this is an invitation, and its secret; a patch has only the room's name");
  }
  return session;
}

void SnapshotReader::processes(const YamlTree& root, Snapshot& snapshot)
{
  for (const auto& tree : list(root, "processes", Snapshot::kMostProcesses)) {
    auto next = process(tree);
    if (std::ranges::find(snapshot.processes, next.name, &ProcessDescription::name) !=
        snapshot.processes.end())
      refuse(tree, fmt::format("an earlier process is called {} too", excerpt(next.name)));
    snapshot.processes.push_back(std::move(next));
  }
}

void SnapshotReader::groups(const YamlTree& root, Snapshot& snapshot)
{
  for (const auto& tree : list(root, "groups", Snapshot::kMostGroups)) {
    auto next = group(tree);
    if (std::ranges::find(snapshot.groups, next.id, &GroupDescription::id) != snapshot.groups.end())
      refuse(tree, "an earlier group has the same id");
    snapshot.groups.push_back(std::move(next));
  }
}

void SnapshotReader::modules(const YamlTree& root, Snapshot& snapshot)
{
  std::set<ModuleId> ids;
  for (const auto& tree : list(root, "modules", Snapshot::kMostModules)) {
    snapshot.modules.push_back(module(tree, snapshot));
    if (!ids.insert(snapshot.modules.back().id).second) refuse(tree, "an earlier module has the same id");
  }
}

void SnapshotReader::connections(const YamlTree& root, Snapshot& snapshot)
{
  std::set<std::pair<Socket, Socket>> ends;
  for (const auto& tree : list(root, "connections", Snapshot::kMostConnections)) {
    snapshot.connections.push_back(connection(tree, snapshot));
    const auto& last = snapshot.connections.back();
    if (!ends.insert({last.from, last.to}).second) refuse(tree, "these two are connected already");
  }
}

GroupDescription SnapshotReader::group(const YamlTree& tree)
{
  GroupDescription group;
  if (!isMap(tree, {"id", "name", "colour"}, group.unknown)) return group;
  group.id = {whole(member(tree, "id"), 1, kMostId)};
  group.name = name(member(tree, "name"));
  group.colour = colour(tree);
  return group;
}

ProcessDescription SnapshotReader::process(const YamlTree& tree)
{
  ProcessDescription process;
  if (!isMap(tree, {"name", "command", "arguments"}, process.unknown)) return process;
  process.name = name(member(tree, "name"));
  process.command = text(member(tree, "command"));
  for (const auto& argument : list(tree, "arguments", ProcessDescription::kMostArguments))
    process.arguments.push_back(text(argument));
  return process;
}

ModuleDescription SnapshotReader::module(const YamlTree& tree, const Snapshot& snapshot)
{
  Unknowns unknown;
  if (!isMap(tree,
             {"id", "type", "name", "role", "group", "colour", "position", "parameters", "inputs", "outputs"},
             unknown))
    return {};
  return {.id = {whole(member(tree, "id"), 1, kMostId)},
          .type = word(member(tree, "type")),
          .name = name(member(tree, "name")),
          .inputs = ports(tree, "inputs"),
          .outputs = ports(tree, "outputs"),
          .parameters = parameters(tree),
          .role = role(tree),
          .looks = looks(tree, snapshot),
          .unknown = std::move(unknown)};
}

Role SnapshotReader::role(const YamlTree& module)
{
  const auto* const role = module.find("role");
  if (role == nullptr) return {};
  return {.name = name(*role), .place = role->place};
}

Looks SnapshotReader::looks(const YamlTree& module, const Snapshot& snapshot)
{
  Looks looks;
  if (const auto* const group = module.find("group")) {
    looks.group = {whole(*group, 1, kMostId)};
    if (std::ranges::find(snapshot.groups, looks.group, &GroupDescription::id) == snapshot.groups.end())
      refuse(*group, fmt::format("there is no group {}", looks.group.number));
  }
  looks.colour = colour(module);
  if (const auto* const tree = module.find("position")) looks.position = position(*tree);
  return looks;
}

Position SnapshotReader::position(const YamlTree& tree)
{
  if (!isMap(tree, {"x", "y"})) return {};
  const auto coordinate = [&](std::string_view key) {
    const auto& value = member(tree, key);
    const auto said = number(value, key, kCoordinate);
    if (said != std::floor(said)) refuse(value, fmt::format("the {} is not a whole number", key));
    return static_cast<int>(said);
  };
  const auto x = coordinate("x");
  return {x, coordinate("y")};
}

SnapshotReader::Ports SnapshotReader::ports(const YamlTree& module, std::string_view key)
{
  Ports ports;
  for (const auto& tree : list(module, key, Snapshot::kMostPorts)) {
    if (!isMap(tree, {"name", "channels"})) return ports;
    Port port{.name = name(member(tree, "name")),
              .channels = whole(member(tree, "channels"), 1, Port::kMostChannels)};
    if (std::ranges::find(ports, port.name, &Port::name) != ports.end())
      refuse(tree, fmt::format("an earlier one of these is called {} too", excerpt(port.name)));
    ports.push_back(std::move(port));
  }
  return ports;
}

Parameters SnapshotReader::parameters(const YamlTree& module)
{
  Parameters parameters;
  const auto* const group = module.find("parameters");
  if (group == nullptr || group->kind == YamlTree::Kind::nothing) return parameters;
  if (group->kind != YamlTree::Kind::map) refuse(*group, "parameters with their values are expected here");
  if (group->items.size() > 2 * Parameters::kMost)
    refuse(*group, fmt::format("there are more than {} parameters", Parameters::kMost));
  if (refusal_) return parameters;
  for (std::size_t i = 0; i < group->items.size(); i += 2) {
    const auto& value = group->items[i + 1];
    parameters.add(word(group->items[i]), text(value), value.place);
  }
  return parameters;
}

ConnectionDescription SnapshotReader::connection(const YamlTree& tree, const Snapshot& snapshot)
{
  Unknowns unknown;
  if (!isMap(tree, {"from", "output", "to", "input", "gain"}, unknown)) return {};
  const double level = number(member(tree, "gain"), "gain", {.most = Snapshot::kMostGain.value()});
  return {.from = socket(tree, snapshot, {"from", "output"}, &ModuleDescription::outputs),
          .to = socket(tree, snapshot, {"to", "input"}, &ModuleDescription::inputs),
          .gain = audio::Decibels::of(level),
          .unknown = std::move(unknown)};
}

Socket SnapshotReader::socket(const YamlTree& connection, const Snapshot& snapshot, Keys keys,
                              Ports ModuleDescription::* ports)
{
  const auto& moduleTree = member(connection, keys.module);
  const auto& portTree = member(connection, keys.port);
  const ModuleId id{whole(moduleTree, 1, kMostId)};
  const auto module = std::ranges::find(snapshot.modules, id, &ModuleDescription::id);
  if (module == snapshot.modules.end()) refuse(moduleTree, fmt::format("there is no module {}", id.number));
  if (!isText(portTree) || refusal_) return {};
  const auto& candidates = (*module).*ports;
  const auto port = std::ranges::find(candidates, portTree.text, &Port::name);
  if (port == candidates.end())
    refuse(portTree, fmt::format("module {} has no {} {}", id.number, keys.port, excerpt(portTree.text)));
  return {.module = id, .port = static_cast<std::size_t>(port - candidates.begin())};
}

} // namespace tutti::patch
