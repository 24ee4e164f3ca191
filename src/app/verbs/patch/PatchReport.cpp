#include "PatchReport.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "verbs/JsonLine.hpp"

namespace tutti::app {
namespace {

using Json = nlohmann::ordered_json;
using Missing = engine::PatchAnswer::Missing;

Json textOrNull(const std::string& text)
{
  return text.empty() ? Json() : Json(text);
}

Json decibels(audio::Decibels gain)
{
  return std::isfinite(gain.value()) ? Json(gain.value()) : Json();
}

const Missing* absence(const ShownPatch& patch, patch::ModuleId id)
{
  const auto found = std::ranges::find(patch.missing, id.number, &Missing::id);
  return found == patch.missing.end() ? nullptr : &*found;
}

Json moduleJson(const patch::ModuleDescription& module, const ShownPatch& patch)
{
  const auto* const missing = absence(patch, module.id);
  const auto& position = module.looks.position;
  return {{"id", module.id.number},
          {"type", module.type},
          {"name", module.name},
          {"role", textOrNull(module.role.name)},
          {"missing", missing == nullptr ? Json() : Json(missing->why)},
          {"x", position ? Json(position->x) : Json()},
          {"y", position ? Json(position->y) : Json()}};
}

const patch::ModuleDescription& moduleOf(const patch::Snapshot& snapshot, patch::ModuleId id)
{
  return *std::ranges::find(snapshot.modules, id, &patch::ModuleDescription::id);
}

Json connectionJson(const patch::ConnectionDescription& connection, const patch::Snapshot& snapshot)
{
  return {{"from", connection.from.module.number},
          {"output", moduleOf(snapshot, connection.from.module).outputs[connection.from.port].name},
          {"to", connection.to.module.number},
          {"input", moduleOf(snapshot, connection.to.module).inputs[connection.to.port].name},
          {"gainDb", decibels(connection.gain)}};
}

Json sessionJson(const patch::SessionDescription& session)
{
  return {{"name", textOrNull(session.name)},
          {"tempo", session.tempo ? Json(session.tempo->bpm()) : Json()},
          {"quantum", session.quantum ? Json(session.quantum->toDouble()) : Json()},
          {"room", textOrNull(session.room)}};
}

template <class Items, class Encode> Json listOf(const Items& items, const Encode& encode)
{
  Json list = Json::array();
  for (const auto& item : items) list.push_back(encode(item));
  return list;
}

std::string count(std::size_t number, std::string_view what)
{
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::string momentOf(std::chrono::system_clock::time_point at, const char* format)
{
  return fmt::format(fmt::runtime(format), fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

std::string nameOf(const engine::RunningTutti& tutti)
{
  return fmt::format("{} ({}{}{})", tutti.process, tutti.about.face, tutti.about.musician.empty() ? "" : ", ",
                     tutti.about.musician);
}

std::string namesOf(const std::vector<engine::RunningTutti>& running)
{
  std::string names;
  for (const auto& tutti : running) names += (names.empty() ? "" : ", ") + nameOf(tutti);
  return names;
}

} // namespace

std::string doneJson(std::string_view event, const ShownPatch& patch)
{
  const auto missing = listOf(patch.missing, [](const Missing& one) {
    return Json{{"id", one.id}, {"name", one.name}, {"why", one.why}};
  });
  return jsonLine({{"event", event},
                   {"from", patch.from},
                   {"session", textOrNull(patch.snapshot.session.name)},
                   {"modules", patch.snapshot.modules.size()},
                   {"connections", patch.snapshot.connections.size()},
                   {"missing", missing},
                   {"remarks", Json(patch.remarks)}});
}

std::string patchJson(const ShownPatch& patch)
{
  const auto& snapshot = patch.snapshot;
  return jsonLine(
    {{"event", "patch"},
     {"from", patch.from},
     {"session", sessionJson(snapshot.session)},
     {"modules", listOf(snapshot.modules, [&](const auto& module) { return moduleJson(module, patch); })},
     {"connections", listOf(snapshot.connections,
                            [&](const auto& connection) { return connectionJson(connection, snapshot); })},
     {"processes",
      listOf(snapshot.processes,
             [](const auto& process) { return Json{{"name", process.name}, {"command", process.command}}; })},
     {"remarks", Json(patch.remarks)}});
}

std::string sessionsJson(const std::vector<engine::PatchLibrary::Entry>& sessions)
{
  std::string lines;
  for (const auto& session : sessions)
    lines += jsonLine({{"session", session.name},
                       {"file", session.file.string()},
                       {"savedAt", momentOf(session.savedAt, "{:%Y-%m-%dT%H:%M:%SZ}")},
                       {"modules", session.modules},
                       {"connections", session.connections},
                       {"room", textOrNull(session.room)},
                       {"problem", textOrNull(session.problem)}});
  return lines;
}

std::string doneText(std::string_view event, const ShownPatch& patch)
{
  auto text = fmt::format("{} {}: {}, {}\n", event == "saved" ? "Saved to" : "Loaded", patch.from,
                          count(patch.snapshot.modules.size(), "module"),
                          count(patch.snapshot.connections.size(), "cable"));
  for (const auto& missing : patch.missing) text += fmt::format("  {}: {}\n", missing.name, missing.why);
  return text;
}

std::string patchText(const ShownPatch& patch)
{
  const auto& snapshot = patch.snapshot;
  std::string text;
  for (const auto& module : snapshot.modules) {
    const auto* const missing = absence(patch, module.id);
    text += fmt::format("{:>5}  {:<24}  {}{}\n", module.id.number, module.name, module.type,
                        missing == nullptr ? std::string{} : fmt::format("  ({})", missing->why));
  }
  for (const auto& connection : snapshot.connections)
    text += fmt::format("{:>5} ─▸ {:<5}  {} ─▸ {}  {:.1f} dB\n", connection.from.module.number,
                        connection.to.module.number, moduleOf(snapshot, connection.from.module).name,
                        moduleOf(snapshot, connection.to.module).name, connection.gain.value());
  return text;
}

std::string sessionsText(const std::vector<engine::PatchLibrary::Entry>& sessions)
{
  if (sessions.empty()) return "No session is kept yet; 'tutti patch save --session NAME' keeps one.\n";
  std::string text;
  for (const auto& session : sessions)
    text += fmt::format("{:<32}  {}  {}\n", session.name, momentOf(session.savedAt, "{:%Y-%m-%d %H:%M} UTC"),
                        session.problem.empty() ? fmt::format("{}, {}", count(session.modules, "module"),
                                                              count(session.connections, "cable"))
                                                : session.problem);
  return text;
}

Result<engine::RunningTutti> chosen(std::vector<engine::RunningTutti> running, int process)
{
  const auto meant = std::ranges::find(running, process, &engine::RunningTutti::process);
  if (meant != running.end()) return std::move(*meant);
  if (running.empty())
    return failure(ErrorKind::unavailable,
                   "no Tutti is running: neither a window nor 'tutti jam'; start one, and try again");
  if (process != 0)
    return failure(ErrorKind::unavailable,
                   fmt::format("no Tutti runs as process {}; there is {}", process, namesOf(running)));
  if (running.size() == 1) return std::move(running.front());
  return failure(ErrorKind::unavailable,
                 fmt::format("several Tuttis are running: {}; say which with --pid", namesOf(running)));
}

} // namespace tutti::app
