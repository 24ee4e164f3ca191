#include "LocalSocket.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

namespace tutti::engine {
namespace {

namespace fs = std::filesystem;

constexpr int kMostWaiting = 8;

tl::unexpected<Error> unavailable(const char* did, const fs::path& path, int error)
{
  return failure(ErrorKind::unavailable,
                 fmt::format("cannot {} {}: {}", did, path.string(), std::generic_category().message(error)));
}

/// Nothing where the path is too long for one.
std::optional<sockaddr_un> addressOf(const fs::path& path)
{
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto& text = path.native();
  if (text.size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, text.data(), text.size());
  return address;
}

Descriptor localSocket(int flags)
{
  return Descriptor{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0)};
}

const sockaddr* plain(const sockaddr_un& address)
{
  return reinterpret_cast<const sockaddr*>(&address);
}

} // namespace

Descriptor::~Descriptor()
{
  if (number_ >= 0) ::close(number_);
}

std::optional<LocalPeer> peerOf(const Descriptor& socket)
{
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(socket.number(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  return LocalPeer{peer.pid, peer.uid};
}

/// Under a name that nobody looks for until it listens and is closed to others; then by one rename.
Result<Descriptor> listenAt(const fs::path& path)
{
  auto hidden = path;
  hidden.replace_filename('.' + path.filename().string());
  const auto address = addressOf(hidden);
  if (!address) return unavailable("make", path, ENAMETOOLONG);
  auto socket = localSocket(SOCK_NONBLOCK);
  ::unlink(hidden.c_str());
  if (!socket.isOpen() || ::bind(socket.number(), plain(*address), sizeof *address) != 0)
    return unavailable("make", path, errno);
  if (::chmod(hidden.c_str(), S_IRUSR | S_IWUSR) != 0 || ::listen(socket.number(), kMostWaiting) != 0 ||
      ::rename(hidden.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(hidden.c_str());
    return unavailable("make", path, error);
  }
  return socket;
}

Result<Descriptor> connectTo(const fs::path& path)
{
  const auto address = addressOf(path);
  if (!address) return unavailable("reach", path, ENAMETOOLONG);
  auto socket = localSocket(SOCK_NONBLOCK);
  if (socket.isOpen() && ::connect(socket.number(), plain(*address), sizeof *address) == 0) return socket;
  if (errno != EAGAIN) return unavailable("reach", path, errno);
  return failure(ErrorKind::refused, fmt::format("nobody has time at {}", path.string()));
}

Descriptor acceptFrom(const Descriptor& listener)
{
  return Descriptor{::accept4(listener.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
}

Descriptor makeBell()
{
  return Descriptor{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
}

void ring(const Descriptor& bell)
{
  ::eventfd_write(bell.number(), 1);
}

} // namespace tutti::engine
