#pragma once

#include <string>

#include <tutti/patch/Snapshot.hpp>

namespace tutti::engine {

/// A small picture of a patch: its modules where they lie, its cables, no words. SVG, 240 by 150, drawn in
/// colours that show on light and on dark.
std::string patchPicture(const patch::Snapshot& snapshot);

} // namespace tutti::engine
