#pragma once

#include <string>

namespace tutti::app {

/// Opens the window and returns the exit status. Where there is no display, or one that does not answer: one
/// line on stderr instead of an abort inside Qt.
int launchWindow(int& argc, char** argv, const std::string& invitation);

} // namespace tutti::app
