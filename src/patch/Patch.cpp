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

ModuleId idOf(const PatchModule& place)
{
  return place.about.id;
}
GroupId idOf(const GroupDescription& group)
{
  return group.id;
}

/// After all others; where a file has used the last one, the first that is free.
template <class Thing> std::uint32_t freeNumber(std::uint32_t last, const std::vector<Thing>& things)
{
  if (last < Snapshot::kMostId) return last + 1;
  std::uint32_t number = 1;
  while (std::ranges::any_of(things, [&](const Thing& thing) { return idOf(thing).number == number; }))
    ++number;
  return number;
}

/// To where a port of this name is now; false: nowhere.
bool goesOn(Socket& socket, ModuleId id, const std::vector<Port>& before, const std::vector<Port>& now)
{
  if (socket.module != id) return true;
  const auto port = std::ranges::find(now, before[socket.port].name, &Port::name);
  socket.port = static_cast<std::size_t>(port - now.begin());
  return port != now.end();
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
  auto about = describe(*module, {freeNumber(lastModule_, modules_)}, nameFrom(name));
  if (!areSound(about.inputs) || !areSound(about.outputs))
    return failure(ErrorKind::refused,
                   fmt::format("{} has inputs or outputs that cannot be", excerpt(about.name)));
  const auto id = about.id;
  lastModule_ = std::max(lastModule_, id.number);
  modules_.push_back({.about = std::move(about), .module = std::move(module), .whyMissing = {}});
  return id;
}

Result<void> Patch::putBack(PatchModule place)
{
  const auto id = place.about.id;
  if (modules_.size() == Snapshot::kMostModules)
    return failure(ErrorKind::refused, "there is no room for another module");
  if (find(id) != nullptr || (place.module && holds(*place.module)))
    return failure(ErrorKind::refused, "this module is in the patch already");
  if (std::ranges::find(rest_.groups, place.about.looks.group, &GroupDescription::id) == rest_.groups.end())
    place.about.looks.group = {};
  lastModule_ = std::max(lastModule_, id.number);
  const auto isLater = [id](const PatchModule& other) { return other.about.id > id; };
  modules_.insert(std::ranges::find_if(modules_, isLater), std::move(place));
  return {};
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

void Patch::setLooks(ModuleId id, const Looks& looks)
{
  auto* const place = found(id);
  if (place == nullptr) return;
  place->about.looks = looks;
  if (std::ranges::find(rest_.groups, looks.group, &GroupDescription::id) == rest_.groups.end())
    place->about.looks.group = {};
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
  about.role = place->about.role;
  about.looks = place->about.looks;
  about.unknown = place->about.unknown;
  *place = {.about = std::move(about), .module = std::move(module), .whyMissing = {}};
  return {};
}

Result<void> Patch::exchange(ModuleId id, std::shared_ptr<Module> module)
{
  auto* const place = found(id);
  if (place == nullptr) return failure(ErrorKind::refused, "its place in the patch is gone");
  const auto inputs = module->inputs();
  const auto outputs = module->outputs();
  if (holds(*module)) return failure(ErrorKind::refused, "this module is in the patch already");
  if (!areSound(inputs) || !areSound(outputs))
    return failure(ErrorKind::refused,
                   fmt::format("{} has inputs or outputs that cannot be", excerpt(place->about.name)));
  std::vector<Connection> kept;
  for (auto connection : connections_)
    if (goesOn(connection.from, id, place->about.outputs, outputs) &&
        goesOn(connection.to, id, place->about.inputs, inputs))
      kept.push_back(std::move(connection));
  connections_ = std::move(kept);
  place->about.inputs = inputs;
  place->about.outputs = outputs;
  return fill(id, std::move(module));
}

void Patch::lose(ModuleId id, std::string_view why)
{
  auto* const place = found(id);
  if (place == nullptr) return;
  if (!place->isMissing()) place->about.parameters = place->module->parameters();
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

Result<void> Patch::putBack(const Connection& connection)
{
  const auto made = connect(connection.from, connection.to, connection.gain);
  if (!made) return tl::unexpected{made.error()};
  connections_.pop_back();
  --lastConnection_;
  if (find(connection.id) != nullptr) return failure(ErrorKind::refused, "this connection is there already");
  lastConnection_ = std::max(lastConnection_, connection.id.number);
  const auto isYounger = [&](const Connection& other) { return other.id > connection.id; };
  connections_.insert(std::ranges::find_if(connections_, isYounger), connection);
  return {};
}

Result<GroupId> Patch::addGroup(std::string_view name)
{
  if (rest_.groups.size() == Snapshot::kMostGroups)
    return failure(ErrorKind::refused, "there is no room for another group");
  std::uint32_t last = 0;
  for (const auto& group : rest_.groups) last = std::max(last, group.id.number);
  const GroupId id{freeNumber(last, rest_.groups)};
  rest_.groups.push_back({.id = id, .name = nameFrom(name), .colour = {}});
  return id;
}

void Patch::putGroup(const GroupDescription& group)
{
  const auto same = std::ranges::find(rest_.groups, group.id, &GroupDescription::id);
  const auto isLater = [&](const GroupDescription& other) { return other.id > group.id; };
  if (same != rest_.groups.end())
    *same = group;
  else if (rest_.groups.size() < Snapshot::kMostGroups)
    rest_.groups.insert(std::ranges::find_if(rest_.groups, isLater), group);
}

void Patch::removeGroup(GroupId id)
{
  std::erase_if(rest_.groups, [&](const auto& group) { return group.id == id; });
  for (auto& place : modules_)
    if (place.about.looks.group == id) place.about.looks.group = {};
}

Result<void> Patch::addProcess(ProcessDescription process)
{
  const auto isText = [](const std::string& text) { return isName(text); };
  if (process.name.empty() || !isName(process.name))
    return failure(ErrorKind::malformed,
                   fmt::format("A program needs a name of 1 to {} letters.", kLongestName));
  if (process.command.empty() || !isName(process.command) ||
      !std::ranges::all_of(process.arguments, isText) ||
      process.arguments.size() > ProcessDescription::kMostArguments)
    return failure(
      ErrorKind::malformed,
      fmt::format("The command of “{}” cannot be kept: command and arguments are words of at most "
                  "{} bytes, and at most {} arguments.",
                  process.name, kLongestName, ProcessDescription::kMostArguments));
  if (std::ranges::find(rest_.processes, process.name, &ProcessDescription::name) != rest_.processes.end())
    return failure(ErrorKind::refused, fmt::format("The patch has a program “{}” already.", process.name));
  if (rest_.processes.size() == Snapshot::kMostProcesses)
    return failure(ErrorKind::refused, "The patch has as many programs as it can have.");
  rest_.processes.push_back(std::move(process));
  return {};
}

void Patch::removeProcess(std::string_view name)
{
  std::erase_if(rest_.processes, [&](const auto& process) { return process.name == name; });
}

const Connection* Patch::find(ConnectionId id) const
{
  const auto found = std::ranges::find(connections_, id, &Connection::id);
  return found == connections_.end() ? nullptr : &*found;
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
