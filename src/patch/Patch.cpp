#include <tutti/patch/Patch.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "Ordering.hpp"
#include "Wording.hpp"

namespace tutti::patch {
namespace {

ModuleDescription describe(const Module& module, ModuleId id, std::string name)
{
  return {.id = id,
          .type = std::string{module.type()},
          .name = std::move(name),
          .inputs = module.inputs(),
          .outputs = module.outputs(),
          .parameters = module.parameters()};
}

bool hasPort(const PatchModule* place, const std::vector<Port> ModuleDescription::* ports, Socket socket)
{
  return place != nullptr && socket.port < (place->about.*ports).size();
}

/// What a snapshot can hold, with names of their own.
bool areSound(const std::vector<Port>& ports)
{
  std::set<std::string_view> names;
  for (const auto& port : ports)
    if (port.channels < 1 || port.channels > Port::kMostChannels || !isName(port.name) ||
        !names.insert(port.name).second)
      return false;
  return ports.size() <= Snapshot::kMostPorts;
}

} // namespace

Result<ModuleId> Patch::add(std::shared_ptr<Module> module, std::string_view name)
{
  if (modules_.size() == Snapshot::kMostModules)
    return failure(ErrorKind::refused, "there is no room for another module");
  if (holds(*module)) return failure(ErrorKind::refused, "this module is in the patch already");
  auto about = describe(*module, {lastModule_ + 1}, nameFrom(name));
  if (!areSound(about.inputs) || !areSound(about.outputs))
    return failure(ErrorKind::refused,
                   fmt::format("{} has inputs or outputs that cannot be", excerpt(about.name)));
  const ModuleId id{++lastModule_};
  modules_.push_back({.about = std::move(about), .module = std::move(module), .whyMissing = {}});
  return id;
}

void Patch::remove(ModuleId id)
{
  std::erase_if(modules_, [&](const auto& place) { return place.about.id == id; });
  std::erase_if(connections_, [&](const auto& connection) {
    return connection.from.module == id || connection.to.module == id;
  });
}

void Patch::rename(ModuleId id, std::string_view name)
{
  if (auto* const place = found(id)) place->about.name = nameFrom(name);
}

Result<void> Patch::fill(ModuleId id, std::shared_ptr<Module> module)
{
  auto* const place = found(id);
  if (place == nullptr) return failure(ErrorKind::refused, "its place in the patch is gone");
  if (holds(*module)) return failure(ErrorKind::refused, "this module is in the patch already");
  auto about = describe(*module, id, place->about.name);
  if (about.inputs != place->about.inputs || about.outputs != place->about.outputs)
    return failure(ErrorKind::refused,
                   fmt::format("{} has other inputs and outputs now", excerpt(about.name)));
  *place = {.about = std::move(about), .module = std::move(module), .whyMissing = {}};
  return {};
}

void Patch::lose(ModuleId id, std::string_view why)
{
  auto* const place = found(id);
  if (place == nullptr || place->isMissing()) return;
  place->about.parameters = place->module->parameters();
  place->module.reset();
  place->whyMissing = nameFrom(why);
}

Result<ConnectionId> Patch::connect(Socket from, Socket to, audio::Decibels gain)
{
  if (!hasPort(find(from.module), &ModuleDescription::outputs, from) ||
      !hasPort(find(to.module), &ModuleDescription::inputs, to))
    return failure(ErrorKind::refused, "one end of this connection is gone");
  if (connections_.size() == Snapshot::kMostConnections)
    return failure(ErrorKind::refused, "there is no room for another connection");
  const bool isHere = std::ranges::any_of(
    connections_, [&](const auto& other) { return other.from == from && other.to == to; });
  if (isHere) return failure(ErrorKind::refused, "these two are connected already");
  const ConnectionId id{++lastConnection_};
  connections_.push_back({.id = id, .from = from, .to = to, .gain = std::min(gain, Snapshot::kMostGain)});
  return id;
}

void Patch::disconnect(ConnectionId id)
{
  std::erase_if(connections_, [&](const auto& connection) { return connection.id == id; });
}

void Patch::setGain(ConnectionId id, audio::Decibels gain)
{
  for (auto& connection : connections_)
    if (connection.id == id) connection.gain = std::min(gain, Snapshot::kMostGain);
}

const PatchModule* Patch::find(ModuleId id) const
{
  const auto place = std::ranges::find(modules_, id, [](const auto& p) { return p.about.id; });
  return place == modules_.end() ? nullptr : &*place;
}

PatchModule* Patch::found(ModuleId id)
{
  const auto place = std::ranges::find(modules_, id, [](const auto& p) { return p.about.id; });
  return place == modules_.end() ? nullptr : &*place;
}

bool Patch::holds(const Module& module) const
{
  return std::ranges::any_of(modules_, [&](const auto& place) { return place.module.get() == &module; });
}

std::vector<ConnectionId> Patch::delayed() const
{
  const auto indexOf = [&](ModuleId id) { return static_cast<std::size_t>(find(id) - modules_.data()); };
  std::vector<Flow> flows;
  std::vector<ConnectionId> ids;
  for (const auto& connection : connections_) {
    if (find(connection.from.module)->isMissing() || find(connection.to.module)->isMissing()) continue;
    flows.push_back({indexOf(connection.from.module), indexOf(connection.to.module)});
    ids.push_back(connection.id);
  }
  const auto closes = closesCycle(modules_.size(), flows);
  std::vector<ConnectionId> delayed;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (closes[i]) delayed.push_back(ids[i]);
  return delayed;
}

} // namespace tutti::patch
