#include "LivingFile.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tutti::engine {
namespace {

namespace fs = std::filesystem;

constexpr auto kLockEnding = ".lock";
constexpr auto kEnding = ".yaml";

fs::path lockOf(fs::path path)
{
  return path.replace_extension(kLockEnding);
}

/// A lock on a file that is still where it was; else nothing is open.
Descriptor locked(const fs::path& path, int flags)
{
  Descriptor file{::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, S_IRUSR | S_IWUSR)};
  struct stat about{};
  if (file.isOpen() && ::flock(file.number(), LOCK_EX | LOCK_NB) == 0 &&
      ::fstat(file.number(), &about) == 0 && about.st_nlink > 0)
    return file;
  return {};
}

} // namespace

LivingFile::LivingFile(fs::path path, Descriptor lock)
  : path_{std::move(path)}
  , lock_{std::move(lock)}
{}

LivingFile::~LivingFile()
{
  std::error_code ignored;
  if (!lock_.isOpen()) return;
  fs::remove(path_, ignored);
  fs::remove(lockOf(path_), ignored);
}

Result<LivingFile> LivingFile::begin(const fs::path& folder)
{
  std::error_code error;
  fs::create_directories(folder, error);
  constexpr int kTries = 100; // others that end take theirs away
  for (int n = 1; n <= kTries; ++n) {
    auto path = folder / fmt::format("{}-{}{}", ::getpid(), n, kEnding);
    if (auto lock = locked(lockOf(path), O_CREAT | O_EXCL); lock.isOpen())
      return LivingFile{std::move(path), std::move(lock)};
    if (errno == EACCES || errno == EROFS || errno == ENOENT || errno == ENOTDIR || errno == ENOSPC) break;
  }
  return failure(ErrorKind::refused, fmt::format("cannot write in {}: {}", folder.string(),
                                                 std::generic_category().message(errno)));
}

std::vector<LivingFile> LivingFile::orphans(const fs::path& folder)
{
  std::vector<LivingFile> found;
  std::error_code error;
  for (fs::directory_iterator entry{folder, error}; !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    auto path = entry->path();
    if (path.extension() != kLockEnding) continue;
    if (auto lock = locked(path, 0); lock.isOpen())
      found.push_back(LivingFile{path.replace_extension(kEnding), std::move(lock)});
  }
  return found;
}

} // namespace tutti::engine
