#include "SnapshotReader.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

#include <tutti/patch/ParameterReader.hpp>

#include "Wording.hpp"

namespace tutti::patch {
namespace {

constexpr std::uint32_t kMostId = 1'000'000'000; // leaves room to count on

} // namespace

Snapshot SnapshotReader::read(const YamlTree& root)
{
  Snapshot snapshot;
  const auto* const version = root.find("tutti-patch");
  if (version == nullptr) {
    refuse(root, "this is not a patch of Tutti");
    return snapshot;
  }
  if (whole(*version, 1, 1'000'000) > Snapshot::kVersion)
    refuse(*version, "a newer Tutti has written this patch; please update this one");
  isMap(root, {"tutti-patch", "modules", "connections"});
  std::set<ModuleId> ids;
  for (const auto& tree : list(root, "modules", Snapshot::kMostModules)) {
    snapshot.modules.push_back(module(tree));
    if (!ids.insert(snapshot.modules.back().id).second) refuse(tree, "an earlier module has the same id");
  }
  std::set<std::pair<Socket, Socket>> ends;
  for (const auto& tree : list(root, "connections", Snapshot::kMostConnections)) {
    snapshot.connections.push_back(connection(tree, snapshot));
    const auto& [from, to, gain] = snapshot.connections.back();
    if (!ends.insert({from, to}).second) refuse(tree, "these two are connected already");
  }
  return snapshot;
}

ModuleDescription SnapshotReader::module(const YamlTree& tree)
{
  if (!isMap(tree, {"id", "type", "name", "parameters", "inputs", "outputs"})) return {};
  return {.id = {whole(member(tree, "id"), 1, kMostId)},
          .type = word(member(tree, "type")),
          .name = name(member(tree, "name")),
          .inputs = ports(tree, "inputs"),
          .outputs = ports(tree, "outputs"),
          .parameters = parameters(tree)};
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
    if (isText(value) && value.text.size() > Parameters::kLongestText)
      refuse(value, fmt::format("this is longer than {} bytes", Parameters::kLongestText));
    parameters.add(word(group->items[i]), value.text, value.place);
  }
  return parameters;
}

ConnectionDescription SnapshotReader::connection(const YamlTree& tree, const Snapshot& snapshot)
{
  if (!isMap(tree, {"from", "output", "to", "input", "gain"})) return {};
  Parameters said;
  const auto& gain = member(tree, "gain");
  if (isText(gain)) said.add("gain", gain.text, gain.place);
  ParameterReader reader{said};
  const double level = reader.number("gain", {.most = Snapshot::kMostGain.value()}, 0);
  if (const auto verdict = reader.verdict(); !verdict && !refusal_) refusal_ = verdict.error();
  return {.from = socket(tree, snapshot, {"from", "output"}, &ModuleDescription::outputs),
          .to = socket(tree, snapshot, {"to", "input"}, &ModuleDescription::inputs),
          .gain = audio::Decibels::of(level)};
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
