#pragma once

#include <tutti/engine/Settings.hpp>

namespace tutti::app {

/// What the window keeps, for a verb. Where it cannot be read: defaults, and a line on stderr that says so.
/// The file stays where it is.
engine::Settings rememberedSettings();

} // namespace tutti::app
