#include <tutti/core/Descriptor.hpp>
#include <tutti/core/SafeFile.hpp>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tutti {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> refusal(const char* did, const fs::path& path, int error)
{
  return failure(ErrorKind::refused,
                 fmt::format("cannot {} {}: {}", did, path.string(), std::strerror(error)));
}

ssize_t readSome(int descriptor, char* into, std::size_t size)
{
  for (;;) {
    const auto count = ::read(descriptor, into, size);
    if (count >= 0 || errno != EINTR) return count;
  }
}

bool writeAll(int descriptor, std::string_view content)
{
  while (!content.empty()) {
    const auto count = ::write(descriptor, content.data(), content.size());
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// A file that vanishes unless it was kept.
class TemporaryFile {
public:
  explicit TemporaryFile(const fs::path& beside)
    : name_{beside.string() + ".XXXXXX"}
    , file_{::mkostemp(name_.data(), O_CLOEXEC)} // mode 0600
  {}
  ~TemporaryFile()
  {
    if (file_.isOpen() && !isKept_) ::unlink(name_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] bool isOpen() const { return file_.isOpen(); }
  bool fill(std::string_view content)
  {
    return writeAll(file_.number(), content) && ::fsync(file_.number()) == 0;
  }
  bool becomes(const fs::path& path) { return isKept_ = ::rename(name_.c_str(), path.c_str()) == 0; }

private:
  std::string name_;
  Descriptor file_;
  bool isKept_ = false;
};

/// The rename itself is safe only when the folder has reached the disk. Some file systems cannot: then it is
/// as safe as they make it.
void flushFolder(const fs::path& folder)
{
  const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (opened.isOpen()) ::fsync(opened.number());
}

Result<void> makeFolders(const fs::path& folder)
{
  std::error_code error;
  if (folder.empty() || fs::is_directory(folder, error)) return {};
  if (auto above = makeFolders(folder.parent_path()); !above) return above;
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return refusal("make folder", folder, errno);
  return {};
}

fs::path behindLinks(const fs::path& path)
{
  std::error_code error;
  const auto target = fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : path;
  return error || target.empty() ? path : target;
}

} // namespace

Result<std::string> readWhole(const fs::path& path, std::size_t mostBytes)
{
  // Without O_NONBLOCK a named pipe in the file's place would hold us for ever.
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (!file.isOpen() && (errno == ENOENT || errno == ENOTDIR))
    return failure(ErrorKind::unavailable, "no such file");
  if (!file.isOpen()) return refusal("read", path, errno);
  struct stat about{};
  if (::fstat(file.number(), &about) != 0) return refusal("read", path, errno);
  if (!S_ISREG(about.st_mode)) return failure(ErrorKind::refused, path.string() + " is not a file");
  std::string content(mostBytes + 1, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    const auto count = readSome(file.number(), content.data() + size, content.size() - size);
    if (count < 0) return refusal("read", path, errno);
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  if (size > mostBytes)
    return failure(ErrorKind::malformed, fmt::format("it is larger than {} bytes", mostBytes));
  content.resize(size);
  return content;
}

Result<void> replaceWhole(const fs::path& path, std::string_view content)
{
  const auto target = behindLinks(path);
  if (auto made = makeFolders(target.parent_path()); !made) return made;
  TemporaryFile temporary{target};
  if (!temporary.isOpen() || !temporary.fill(content) || !temporary.becomes(target))
    return refusal("write", target, errno);
  flushFolder(target.parent_path().empty() ? fs::path{"."} : target.parent_path());
  return {};
}

} // namespace tutti
