#include <tutti/engine/PatchLibrary.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fmt/format.h>
#include <utility>

#include <tutti/engine/PatchFile.hpp>
#include <tutti/patch/Name.hpp>

#include "HomeFolder.hpp"

namespace tutti::engine {
namespace {

namespace fs = std::filesystem;

constexpr auto kEnding = ".yaml";

/// FNV-1a: names that look the same as files are told apart by it.
std::uint64_t fingerprintOf(std::string_view name)
{
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

/// Small letters, digits and dashes: what no file system and no shell takes for anything else.
std::string harmless(std::string_view name)
{
  constexpr std::size_t kLongest = 40;
  std::string file;
  for (const char c : name) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool isPlain = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
    if (isPlain)
      file += small;
    else if (!file.empty() && file.back() != '-')
      file += '-';
    if (file.size() == kLongest) break;
  }
  while (file.ends_with('-')) file.pop_back();
  return file.empty() ? "session" : file;
}

std::chrono::system_clock::time_point savedAt(const fs::path& file)
{
  std::error_code error;
  const auto written = fs::last_write_time(file, error);
  if (error) return {};
  return std::chrono::time_point_cast<std::chrono::system_clock::duration>(
    std::chrono::file_clock::to_sys(written));
}

PatchLibrary::Entry entryOf(const fs::path& file)
{
  PatchLibrary::Entry entry{
    .name = patch::nameFrom(file.stem().string()), .file = file, .savedAt = savedAt(file)};
  const auto reading = readPatch(file);
  if (!reading) {
    entry.problem = reading.error().detail;
    return entry;
  }
  const auto& snapshot = reading->snapshot;
  if (!snapshot.session.name.empty()) entry.name = snapshot.session.name;
  entry.modules = snapshot.modules.size();
  entry.connections = snapshot.connections.size();
  entry.room = snapshot.session.room;
  return entry;
}

std::vector<fs::path> filesIn(const fs::path& folder)
{
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry{folder, error};
       !error && entry != fs::directory_iterator{} && files.size() < PatchLibrary::kMost;
       entry.increment(error))
    if (entry->path().extension() == kEnding && entry->is_regular_file(error)) files.push_back(entry->path());
  return files;
}

Result<void> checkName(std::string_view name)
{
  if (!name.empty() && patch::isName(name) && !name.starts_with("tutti://")) return {};
  return failure(
    ErrorKind::malformed,
    fmt::format("a session's name has 1 to {} bytes, and no control characters", patch::kLongestName));
}

} // namespace

fs::path PatchLibrary::usualFolder()
{
  return homeFolder("XDG_DATA_HOME", ".local/share") / "tutti" / "sessions";
}

std::vector<PatchLibrary::Entry> PatchLibrary::list() const
{
  std::vector<Entry> entries;
  for (const auto& file : filesIn(folder_)) entries.push_back(entryOf(file));
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return std::pair{b.savedAt, a.name} < std::pair{a.savedAt, b.name};
  });
  return entries;
}

fs::path PatchLibrary::fileOf(std::string_view name) const
{
  return folder_ / fmt::format("{}-{:016x}{}", harmless(name), fingerprintOf(name), kEnding);
}

Result<fs::path> PatchLibrary::find(std::string_view name) const
{
  std::error_code error;
  if (fs::is_regular_file(fileOf(name), error)) return fileOf(name);
  for (const auto& entry : list())
    if (entry.name == name) return entry.file;
  return failure(ErrorKind::unavailable, fmt::format("there is no session “{}”", patch::nameFrom(name)));
}

Result<fs::path> PatchLibrary::save(std::string_view name, patch::Snapshot snapshot, Existing existing) const
{
  if (const auto checked = checkName(name); !checked) return tl::unexpected{checked.error()};
  const auto found = find(name);
  if (found && existing == Existing::keep)
    return failure(ErrorKind::refused, fmt::format("there is a session “{}” already", name));
  snapshot.session.name = name;
  auto file = found.value_or(fileOf(name));
  if (const auto written = writePatch(file, snapshot); !written) return tl::unexpected{written.error()};
  return file;
}

Result<void> PatchLibrary::remove(std::string_view name) const
{
  const auto file = find(name);
  if (!file) return tl::unexpected{file.error()};
  std::error_code error;
  fs::remove(*file, error);
  if (error)
    return failure(ErrorKind::refused, fmt::format("cannot remove {}: {}", file->string(), error.message()));
  return {};
}

Result<void> PatchLibrary::rename(std::string_view name, std::string_view now) const
{
  if (name == now) return {};
  const auto file = find(name);
  if (!file) return tl::unexpected{file.error()};
  auto reading = readPatch(*file);
  if (!reading) return tl::unexpected{reading.error()};
  const auto saved = save(now, std::move(reading->snapshot), Existing::keep);
  if (!saved) return tl::unexpected{saved.error()};
  return remove(name);
}

} // namespace tutti::engine
