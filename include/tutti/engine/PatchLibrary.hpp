#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::engine {

/// The patches that a musician keeps, by name: files in one folder. A name is in the file, and only shown;
/// the file is called by what is harmless of it.
///
/// Threads: any but audio and gui, since it waits for the disk. Two programs may use it at once.
/// Errors:  `malformed` for a name that cannot be, `unavailable` where there is no such session, `refused`
/// where one of that name is kept already, or the disk does not want to; in a sentence.
class PatchLibrary {
public:
  static constexpr std::size_t kMost = 1000; ///< More are not listed.

  /// `$XDG_DATA_HOME/tutti/sessions`, or the like.
  static std::filesystem::path usualFolder();

  explicit PatchLibrary(std::filesystem::path folder)
    : folder_{std::move(folder)}
  {}

  struct Entry {
    std::string name;
    std::filesystem::path file;
    std::chrono::system_clock::time_point savedAt{};
    std::size_t modules = 0;
    std::size_t connections = 0;
    std::string room{};    ///< Where it was played last; empty: nowhere.
    std::string problem{}; ///< Why it cannot be loaded; empty: it can.
  };
  /// The newest first.
  [[nodiscard]] std::vector<Entry> list() const;

  enum class Existing { keep, replace };
  /// Under a name; the name is in the snapshot from then on. Where it went.
  Result<std::filesystem::path> save(std::string_view name, patch::Snapshot snapshot,
                                     Existing existing) const;
  /// Where the session of this name is, also one that somebody has put there under another file name.
  [[nodiscard]] Result<std::filesystem::path> find(std::string_view name) const;
  Result<void> remove(std::string_view name) const;
  /// The same session under another name; in between it is there under both, never under none.
  Result<void> rename(std::string_view name, std::string_view now) const;

  /// Where a new session of this name would be.
  [[nodiscard]] std::filesystem::path fileOf(std::string_view name) const;

private:
  std::filesystem::path folder_;
};

} // namespace tutti::engine
