#pragma once

#include <filesystem>
#include <string>

namespace tutti {

/// A new folder that only its owner can read, for what nobody needs for long: it goes with this object.
///
/// Errors: where none can be made, `path()` is empty.
class PassingFolder {
public:
  /// `purpose` is a part of its name: "tutti-demo".
  explicit PassingFolder(const std::string& purpose);
  ~PassingFolder();
  PassingFolder(const PassingFolder&) = delete;
  PassingFolder& operator=(const PassingFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

} // namespace tutti
