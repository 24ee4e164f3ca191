#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/engine/Settings.hpp>

/// Settings as YAML text: no files here.
namespace tutti::engine {

/// What a text said, and what had to be mended, each in a few words.
struct SettingsReading {
  Settings settings;
  std::vector<std::string> remarks;
};

/// Values that are missing are defaults; those out of range are clamped, those that make no sense are
/// replaced, and unknown ones are ignored: each with a remark.
///
/// Errors: `malformed` for what is no YAML map at all, with line and reason.
Result<SettingsReading> parseSettings(std::string_view yaml);

/// Always parses back to the same settings (clamped, if they were not).
std::string encodeSettings(const Settings& settings);

} // namespace tutti::engine
