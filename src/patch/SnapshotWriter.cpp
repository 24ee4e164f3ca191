#include <algorithm>
#include <fmt/format.h>

#include <tutti/core/Assert.hpp>
#include <tutti/core/Utf8.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::patch {
namespace {

bool isAlphanumeric(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// A text that YAML cannot take for anything else.
bool isPlain(std::string_view text)
{
  if (text.empty() || text == "null" || text == "Null" || text == "NULL") return false;
  const bool isNegative = text.front() == '-' && text.size() > 1 && isAlphanumeric(text[1]);
  return (isAlphanumeric(text.front()) || isNegative) && std::ranges::all_of(text.substr(1), [](char c) {
           return isAlphanumeric(c) || c == '.' || c == '-' || c == '_' || c == '+';
         });
}

std::string escaped(char32_t character)
{
  if (character == '"') return "\\\"";
  if (character == '\\') return "\\\\";
  const bool isShown =
    (character >= 0x20 && character < 0x7f) ||
    (character >= 0xa0 && character != 0x2028 && character != 0x2029 && character != 0xfeff);
  if (isShown) return utf8(character);
  return fmt::format("\\u{:04x}", static_cast<std::uint32_t>(character));
}

std::string quoted(std::string_view text)
{
  std::string yaml = "\"";
  while (!text.empty()) yaml += escaped(nextCharacter(text).value_or(U'\ufffd'));
  return yaml + "\"";
}

std::string scalar(std::string_view text)
{
  return isPlain(text) ? std::string{text} : quoted(text);
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
  if (!module.parameters.entries().empty()) yaml += "    parameters:\n";
  for (const auto& entry : module.parameters.entries())
    yaml += fmt::format("      {}: {}\n", scalar(entry.name), scalar(entry.text));
  return yaml + encodePorts("inputs", module.inputs) + encodePorts("outputs", module.outputs);
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
    "  - {{from: {}, output: {}, to: {}, input: {}, gain: {}}}\n", connection.from.module.number,
    quoted(portName(snapshot, connection.from, &ModuleDescription::outputs)), connection.to.module.number,
    quoted(portName(snapshot, connection.to, &ModuleDescription::inputs)), connection.gain.value());
}

} // namespace

std::string Snapshot::encode() const
{
  auto yaml = fmt::format("# A patch of Tutti: what is there, and what is connected to what. Gains in dB.\n"
                          "tutti-patch: {}\n",
                          kVersion);
  yaml += modules.empty() ? "modules: []\n" : "modules:\n";
  for (const auto& module : modules) yaml += encodeModule(module);
  yaml += connections.empty() ? "connections: []\n" : "connections:\n";
  for (const auto& connection : connections) yaml += encodeConnection(*this, connection);
  return yaml;
}

} // namespace tutti::patch
