#include <algorithm>
#include <fmt/format.h>

#include <tutti/core/Assert.hpp>
#include <tutti/patch/Snapshot.hpp>

#include "Checksum.hpp"
#include "YamlText.hpp"

namespace tutti::patch {
namespace {

std::string encodeSession(const SessionDescription& session)
{
  std::string yaml;
  if (!session.name.empty()) yaml += fmt::format("  name: {}\n", quoted(session.name));
  if (session.tempo) yaml += fmt::format("  tempo: {}\n", session.tempo->bpm());
  if (session.quantum) yaml += fmt::format("  quantum: {}\n", session.quantum->toDouble());
  if (!session.room.empty()) yaml += fmt::format("  room: {}\n", quoted(session.room));
  yaml += lines(session.unknown, "  ");
  return yaml.empty() ? yaml : "session:\n" + yaml;
}

std::string encodeGroup(const GroupDescription& group)
{
  const auto colour = group.colour ? fmt::format(", colour: {}", *group.colour) : std::string{};
  return fmt::format("  - {{id: {}, name: {}{}{}}}\n", group.id.number, quoted(group.name), colour,
                     inBraces(group.unknown));
}

std::string encodeProcess(const ProcessDescription& process)
{
  auto yaml = fmt::format("  - name: {}\n    command: {}\n", quoted(process.name), quoted(process.command));
  if (!process.arguments.empty()) yaml += "    arguments:\n";
  for (const auto& argument : process.arguments) yaml += fmt::format("      - {}\n", quoted(argument));
  return yaml + lines(process.unknown, "    ");
}

std::string encodeLooks(const Looks& looks)
{
  std::string yaml;
  if (looks.group != GroupId{}) yaml += fmt::format("    group: {}\n", looks.group.number);
  if (looks.colour) yaml += fmt::format("    colour: {}\n", *looks.colour);
  if (looks.position)
    yaml += fmt::format("    position: {{x: {}, y: {}}}\n", looks.position->x, looks.position->y);
  return yaml;
}

std::string encodePorts(std::string_view key, const std::vector<Port>& ports)
{
  if (ports.empty()) return {};
  std::string yaml = fmt::format("    {}:\n", key);
  for (const auto& port : ports)
    yaml += fmt::format("      - {{name: {}, channels: {}}}\n", quoted(port.name), port.channels);
  return yaml;
}

std::string encodeModule(const ModuleDescription& module)
{
  auto yaml = fmt::format("  - id: {}\n    type: {}\n    name: {}\n", module.id.number, scalar(module.type),
                          quoted(module.name));
  if (!module.role.name.empty()) yaml += fmt::format("    role: {}\n", scalar(module.role.name));
  yaml += encodeLooks(module.looks);
  if (!module.parameters.entries().empty()) yaml += "    parameters:\n";
  for (const auto& entry : module.parameters.entries())
    yaml += fmt::format("      {}: {}\n", scalar(entry.name), scalar(entry.text));
  return yaml + encodePorts("inputs", module.inputs) + encodePorts("outputs", module.outputs) +
         lines(module.unknown, "    ");
}

std::string_view portName(const Snapshot& snapshot, Socket socket,
                          const std::vector<Port> ModuleDescription::* ports)
{
  const auto module = std::ranges::find(snapshot.modules, socket.module, &ModuleDescription::id);
  TUTTI_ASSERT(module != snapshot.modules.end() && socket.port < ((*module).*ports).size());
  return ((*module).*ports)[socket.port].name;
}

std::string encodeConnection(const Snapshot& snapshot, const ConnectionDescription& connection)
{
  return fmt::format(
    "  - {{from: {}, output: {}, to: {}, input: {}, gain: {}{}}}\n", connection.from.module.number,
    quoted(portName(snapshot, connection.from, &ModuleDescription::outputs)), connection.to.module.number,
    quoted(portName(snapshot, connection.to, &ModuleDescription::inputs)), connection.gain.value(),
    inBraces(connection.unknown));
}

/// A group of lines; nothing when there are none.
template <class Items, class Encode>
std::string encodeSome(std::string_view key, const Items& items, const Encode& encode)
{
  std::string yaml;
  for (const auto& item : items) yaml += encode(item);
  return yaml.empty() ? yaml : fmt::format("{}:\n{}", key, yaml);
}

} // namespace

std::string Snapshot::encode() const
{
  auto yaml = fmt::format("# A patch of Tutti: what is there, and what is connected to what. Gains in dB.\n"
                          "tutti-patch: {}\n",
                          kVersion);
  yaml += encodeSession(session);
  yaml += encodeSome("processes", processes, encodeProcess);
  yaml += encodeSome("groups", groups, encodeGroup);
  yaml += modules.empty() ? "modules: []\n" : encodeSome("modules", modules, encodeModule);
  yaml += connections.empty()
            ? "connections: []\n"
            : encodeSome("connections", connections, [this](const ConnectionDescription& connection) {
                return encodeConnection(*this, connection);
              });
  yaml += lines(unknown, "");
  return yaml + checksumLine(yaml);
}

} // namespace tutti::patch
