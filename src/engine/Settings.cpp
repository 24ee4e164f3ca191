#include <tutti/engine/Settings.hpp>

#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <tutti/core/SafeFile.hpp>

#include "HomeFolder.hpp"
#include "SettingsText.hpp"

namespace tutti::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 64 * 1024; // a hundred times what we write
constexpr std::size_t kMostRemarks = 3;       // the notice is one line

/// A name beside `path` that is still free: "settings.broken-20260131-235959.yaml".
fs::path nameForBroken(const fs::path& path)
{
  const auto now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  const auto stem = fmt::format("{}.broken-{:%Y%m%d-%H%M%S}", path.stem().string(), local);
  auto name = path.parent_path() / (stem + path.extension().string());
  std::error_code error;
  for (int n = 2; fs::exists(name, error); ++n)
    name = path.parent_path() / fmt::format("{}-{}{}", stem, n, path.extension().string());
  return name;
}

std::string setAside(const fs::path& path, const std::string& why)
{
  const auto kept = nameForBroken(path);
  std::error_code error;
  fs::rename(path, kept, error);
  if (error)
    return fmt::format("The settings in {} cannot be read ({}) and defaults are used; setting the file aside "
                       "failed: {}.",
                       path.string(), why, error.message());
  return fmt::format("The settings could not be read ({}) and defaults are used; the old file is kept as {}.",
                     why, kept.string());
}

std::string mended(const fs::path& path, std::vector<std::string> remarks)
{
  if (remarks.empty()) return {};
  const auto more = remarks.size() > kMostRemarks ? remarks.size() - kMostRemarks : 0;
  remarks.resize(remarks.size() - more);
  return fmt::format("In {}: {}{}.", path.string(), fmt::join(remarks, "; "),
                     more > 0 ? fmt::format("; and {} more", more) : "");
}

/// Without a file: defaults.
Result<SettingsReading> readingOf(const fs::path& path)
{
  const auto text = readWhole(path, kMostBytes);
  if (!text && text.error().kind == ErrorKind::unavailable) return SettingsReading{};
  return text.and_then(parseSettings);
}

} // namespace

fs::path SettingsFile::defaultPath()
{
  return homeFolder("XDG_CONFIG_HOME", ".config") / "tutti" / "settings.yaml";
}

void remember(std::vector<audio::DeviceTrim>& trims, const audio::DeviceTrim& trim)
{
  std::erase_if(trims, [&](const audio::DeviceTrim& known) {
    return known.backend == trim.backend && known.device == trim.device;
  });
  trims.push_back(trim);
}

Settings SettingsFile::load()
{
  notice_.clear();
  const auto reading = readingOf(path_);
  if (reading) {
    notice_ = mended(path_, reading->remarks);
    return reading->settings;
  }
  const auto& why = reading.error();
  notice_ = why.kind == ErrorKind::refused
              ? fmt::format("Defaults are used for the settings: {}.", why.detail)
              : setAside(path_, why.detail);
  return {};
}

Result<Settings> SettingsFile::read()
{
  notice_.clear();
  const auto reading = readingOf(path_);
  if (!reading)
    return failure(reading.error().kind, fmt::format("The settings in {} cannot be read: {}.", path_.string(),
                                                     reading.error().detail));
  notice_ = mended(path_, reading->remarks);
  return reading->settings;
}

Result<void> SettingsFile::save(const Settings& settings) const
{
  return replaceWhole(path_, encodeSettings(settings));
}

} // namespace tutti::engine
