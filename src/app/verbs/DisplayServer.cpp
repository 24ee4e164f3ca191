#include "DisplayServer.hpp"

#include <string_view>

namespace tutti::app {

bool hasDisplayServer(const Environment& environment)
{
  const auto isSet = [&](const char* name) {
    const char* value = environment(name);
    return value != nullptr && *value != '\0';
  };
  if (!isSet("QT_QPA_PLATFORM")) return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
  const std::string_view platform = environment("QT_QPA_PLATFORM");
  if (platform.starts_with("xcb")) return isSet("DISPLAY");
  if (platform.starts_with("wayland")) return isSet("WAYLAND_DISPLAY") || isSet("XDG_RUNTIME_DIR");
  return true;
}

std::string noDisplayLine()
{
  return "tutti: there is no display for the window here; 'tutti link' plays along in the terminal, "
         "'tutti doctor' examines this machine.";
}

} // namespace tutti::app
