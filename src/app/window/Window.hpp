#pragma once

namespace tutti::app {

/// Opens the window and stays until it is closed; returns the exit status.
///
/// `argc` and `argv` may hold Qt's own options (`-platform`, `-geometry`, …); those it knows are taken out.
/// Without a display it says so in one line, names what works instead, and returns 1.
///
/// Threads: the main thread, before any other use of Qt.
int runWindow(int& argc, char** argv);

} // namespace tutti::app
