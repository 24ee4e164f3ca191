#pragma once

#include <string>

namespace tutti::app {

/// Opens the window and stays until it is closed; returns the exit status.
///
/// `argc` and `argv` may hold Qt's own options (`-platform`, `-geometry`, …); those it knows are taken out.
/// There must be a display: without one Qt ends the program.
///
/// `invitation`: a link that was opened, or nothing. It is shown and asked about, never joined by itself; by
/// the window that is open already, where there is one.
///
/// Threads: the main thread, before any other use of Qt.
int runWindow(int& argc, char** argv, const std::string& invitation);

} // namespace tutti::app
