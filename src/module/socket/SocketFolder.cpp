#include <tutti/module/SocketFolder.hpp>

#include <cstdlib>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tutti::module {
namespace {

namespace fs = std::filesystem;

constexpr int kMostOfOne = 100; // process

void clearAway(const fs::path& folder, std::string_view prefix, LocalKind kind)
{
  std::error_code ignored;
  for (const auto& socket : socketsIn(folder, prefix))
    if (isDeserted(socket, kind)) fs::remove(socket, ignored);
}

} // namespace

std::optional<fs::path> usualSocketFolder()
{
  const char* configured = std::getenv("XDG_RUNTIME_DIR");
  // A relative path there is void, says the XDG base directory specification.
  const bool isUsable = configured != nullptr && fs::path{configured}.is_absolute();
  auto folder = isUsable ? fs::path{configured} : fs::path{"/run/user/" + std::to_string(::geteuid())};
  std::error_code error;
  if (!fs::is_directory(folder, error)) return std::nullopt;
  return folder;
}

std::vector<fs::path> socketsIn(const fs::path& folder, std::string_view prefix)
{
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry{folder, error}; !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->path().filename().string().starts_with(prefix) && entry->is_socket(ignored))
      found.push_back(entry->path());
  }
  return found;
}

Result<Listening> listenIn(const fs::path& folder, std::string_view prefix, LocalKind kind)
{
  clearAway(folder, prefix, kind);
  const auto own = std::string{prefix} + std::to_string(::getpid());
  auto path = folder / own;
  for (int n = 2; n <= kMostOfOne && !isDeserted(path, kind); ++n)
    path = folder / (own + '-' + std::to_string(n));
  auto socket = listenAt(path, kind);
  if (!socket) return tl::unexpected{socket.error()};
  return Listening{std::move(*socket), std::move(path)};
}

} // namespace tutti::module
