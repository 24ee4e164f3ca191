#include "DisplayServer.hpp"

#include <string_view>

namespace tutti::app {

namespace {

std::string_view valueOf(const Environment& environment, const char* name)
{
  const char* value = environment(name);
  return value != nullptr ? value : "";
}

} // namespace

bool hasDisplayServer(const Environment& environment)
{
  const auto platform = valueOf(environment, "QT_QPA_PLATFORM");
  const auto wayland = valueOf(environment, "WAYLAND_DISPLAY"); // a path, or a name in the runtime folder
  const bool hasX = !valueOf(environment, "DISPLAY").empty();
  const bool hasRuntimeFolder = !valueOf(environment, "XDG_RUNTIME_DIR").empty();
  if (platform.empty()) return hasX || wayland.starts_with('/') || (!wayland.empty() && hasRuntimeFolder);
  if (platform.starts_with("xcb")) return hasX;
  if (platform.starts_with("wayland")) return wayland.starts_with('/') || hasRuntimeFolder;
  return true;
}

std::string noDisplayLine()
{
  return "tutti: there is no display for the window here; 'tutti link' plays along in the terminal, "
         "'tutti doctor' examines this machine.";
}

} // namespace tutti::app
