#include "RememberedSettings.hpp"

#include <cstdio>

namespace tutti::app {

engine::Settings rememberedSettings()
{
  engine::SettingsFile file{engine::SettingsFile::defaultPath()};
  const auto settings = file.read();
  const auto said = settings ? file.notice() : settings.error().detail + " Defaults are used.";
  if (!said.empty()) std::fprintf(stderr, "tutti: %s\n", said.c_str());
  return settings.value_or(engine::Settings{});
}

} // namespace tutti::app
