#include "verbs/DisplayServer.hpp"

#include <map>
#include <string>

#include <Catch.hpp>

namespace tutti::app {
namespace {

bool canShow(const std::map<std::string, std::string>& variables)
{
  return hasDisplayServer([&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

} // namespace

TEST_CASE("A window needs an X or Wayland display, or a platform without one")
{
  CHECK_FALSE(canShow({}));
  CHECK_FALSE(canShow({{"DISPLAY", ""}}));
  CHECK(canShow({{"DISPLAY", ":0"}}));
  CHECK(canShow({{"WAYLAND_DISPLAY", "wayland-0"}, {"XDG_RUNTIME_DIR", "/run/user/1000"}}));
  CHECK(canShow({{"WAYLAND_DISPLAY", "/run/user/1000/wayland-0"}}));
  CHECK_FALSE(canShow({{"WAYLAND_DISPLAY", "wayland-0"}}));
  CHECK(canShow({{"QT_QPA_PLATFORM", "offscreen"}}));
  CHECK_FALSE(canShow({{"QT_QPA_PLATFORM", "xcb"}}));
  CHECK_FALSE(canShow({{"QT_QPA_PLATFORM", "wayland"}}));
  CHECK(canShow({{"QT_QPA_PLATFORM", "xcb"}, {"DISPLAY", ":1"}}));
  CHECK(canShow({{"QT_QPA_PLATFORM", "wayland"}, {"XDG_RUNTIME_DIR", "/run/user/1000"}}));
}

} // namespace tutti::app
