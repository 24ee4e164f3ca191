#pragma once

#include <cstddef>

namespace tutti::serve {

/// How many connections a host holds at the same time: one for each member that waits for news, and some for
/// whoever joins, says something, or is a stranger. Each is an open file of the process.
struct Connections {
  static constexpr std::size_t kMost = 4096;
  static constexpr std::size_t kOtherFiles = 320; ///< that the rest of the program may have open

  /// As many as fit where a process may have so many files open.
  static constexpr std::size_t fitting(std::size_t files)
  {
    if (files >= kMost + kOtherFiles) return kMost;
    return files >= 2 * kOtherFiles ? files - kOtherFiles : files / 2;
  }

  /// Files that this process may have open.
  static std::size_t openFiles();
  /// Lets this process have as many open as the most connections take, or as many as the system allows. For
  /// programs that do nothing else: one that watches files with `select` would not see the later ones.
  static void raiseOpenFiles();
};

static_assert(Connections::fitting(1024) == 704); // what a process has that has not asked for more

} // namespace tutti::serve
