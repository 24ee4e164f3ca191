#pragma once

#include <functional>
#include <string>

namespace tutti::app {

/// Looks up an environment variable; null where there is none.
using Environment = std::function<const char*(const char*)>;

/// Whether the environment names something that a window can be drawn on: an X or Wayland display, or a Qt
/// platform that needs neither. What it names may still not answer: only Qt can tell.
bool hasDisplayServer(const Environment& environment);

/// The one line for who asks for a window where there can be none.
std::string noDisplayLine();

} // namespace tutti::app
