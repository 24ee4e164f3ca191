#pragma once

#include <cstddef>
#include <string>

#include <tutti/engine/Engine.hpp>

namespace tutti::app {

/// The line that `tutti link` shows to people: at most `columns` characters of plain ASCII, always as long
/// for the same columns, so that nothing dances.
std::string statusLine(const engine::Snapshot& snapshot, std::size_t columns);

/// The bar as a row of cells, filled up to the present beat: "[##--]". Beyond 16 beats each cell stands for
/// several.
std::string beatBar(time::Beats phase, time::Beats quantum);

} // namespace tutti::app
