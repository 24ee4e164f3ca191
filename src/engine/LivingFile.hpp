#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <tutti/core/Descriptor.hpp>
#include <tutti/core/Result.hpp>

namespace tutti::engine {

/// A file that says whether the program it belongs to is alive: the system holds a lock beside it for as long
/// as the program runs, however it ends.
///
/// Threads: one at a time.
class LivingFile {
public:
  /// A new one in this folder, which is made if need be. Errors: `refused`, with the reason.
  static Result<LivingFile> begin(const std::filesystem::path& folder);
  /// Those whose programs have ended without a goodbye; they are ours now.
  static std::vector<LivingFile> orphans(const std::filesystem::path& folder);

  ~LivingFile();
  LivingFile(LivingFile&&) noexcept = default;
  LivingFile& operator=(LivingFile&&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
  LivingFile(std::filesystem::path path, Descriptor lock);

  std::filesystem::path path_;
  Descriptor lock_;
};

} // namespace tutti::engine
