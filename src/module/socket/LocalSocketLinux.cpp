// The Linux side of module/LocalSocket.hpp. Other systems get a file of their own beside it.
#include <tutti/module/LocalSocket.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

namespace tutti::module {
namespace {

namespace fs = std::filesystem;

constexpr int kMostWaiting = 16;

tl::unexpected<Error> unavailable(const std::string& did, const fs::path& path, int error)
{
  return failure(ErrorKind::unavailable, "Cannot " + did + " " + path.string() + " (" +
                                           std::generic_category().message(error) + ").");
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

Descriptor localSocket(LocalKind kind)
{
  const int type = kind == LocalKind::stream ? SOCK_STREAM : SOCK_SEQPACKET;
  return Descriptor{::socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
}

const sockaddr* plain(const sockaddr_un& address)
{
  return reinterpret_cast<const sockaddr*>(&address);
}

std::optional<ucred> peerOf(const Descriptor& socket)
{
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(socket.number(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  return peer;
}

bool isOurs(const Descriptor& socket)
{
  const auto peer = peerOf(socket);
  return peer && peer->uid == ::geteuid();
}

/// Room for one descriptor beside a message.
struct Beside {
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> room{};
};

/// All that came along: the first is wanted, none may stay open unnoticed.
Descriptor takeDescriptor(msghdr& head)
{
  Descriptor taken;
  for (auto* piece = CMSG_FIRSTHDR(&head); piece != nullptr; piece = CMSG_NXTHDR(&head, piece)) {
    if (piece->cmsg_level != SOL_SOCKET || piece->cmsg_type != SCM_RIGHTS) continue;
    const auto count = (piece->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(piece) + i * sizeof number, sizeof number);
      taken = Descriptor{number};
    }
  }
  return taken;
}

} // namespace

Result<Descriptor> connectTo(const fs::path& path, LocalKind kind)
{
  const auto address = addressOf(path);
  if (!address) return unavailable("reach", path, ENAMETOOLONG);
  auto socket = localSocket(kind);
  const bool isOpen = socket.isOpen();
  if (!isOpen || ::connect(socket.number(), plain(*address), sizeof *address) != 0) {
    if (!isOpen || errno != EAGAIN) return unavailable("reach", path, errno);
    return failure(ErrorKind::refused, "Nobody has time at " + path.string() + '.');
  }
  if (!isOurs(socket)) return failure(ErrorKind::refused, path.string() + " belongs to another user.");
  return socket;
}

/// Under a name that nobody looks for until it listens and is closed to others; then by one rename.
Result<Descriptor> listenAt(const fs::path& path, LocalKind kind)
{
  auto hidden = path;
  hidden.replace_filename('.' + path.filename().string());
  const auto address = addressOf(hidden);
  if (!address) return unavailable("make", path, ENAMETOOLONG);
  auto socket = localSocket(kind);
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

bool isDeserted(const fs::path& path, LocalKind kind)
{
  const auto address = addressOf(path);
  const auto socket = localSocket(kind);
  if (!address || !socket.isOpen()) return false;
  const int done = ::connect(socket.number(), plain(*address), sizeof *address);
  return done != 0 && (errno == ECONNREFUSED || errno == ENOENT);
}

Descriptor acceptFrom(const Descriptor& listener)
{
  Descriptor guest{::accept4(listener.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
  if (guest.isOpen() && isOurs(guest)) return guest;
  return {};
}

int peerProcess(const Descriptor& socket)
{
  const auto peer = peerOf(socket);
  return peer ? peer->pid : 0;
}

bool sendOne(const Descriptor& socket, std::span<const std::byte> message, int descriptor)
{
  iovec part{const_cast<std::byte*>(message.data()), message.size()};
  Beside beside;
  msghdr head{};
  head.msg_iov = &part;
  head.msg_iovlen = 1;
  if (descriptor >= 0) {
    head.msg_control = beside.room.data();
    head.msg_controllen = beside.room.size();
    auto* const piece = CMSG_FIRSTHDR(&head);
    piece->cmsg_level = SOL_SOCKET;
    piece->cmsg_type = SCM_RIGHTS;
    piece->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(piece), &descriptor, sizeof descriptor);
  }
  return ::sendmsg(socket.number(), &head, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0;
}

std::optional<Received> receiveOne(const Descriptor& socket, std::size_t most)
{
  Received received;
  received.message.resize(most);
  iovec part{received.message.data(), received.message.size()};
  Beside beside;
  msghdr head{};
  head.msg_iov = &part;
  head.msg_iovlen = 1;
  head.msg_control = beside.room.data();
  head.msg_controllen = beside.room.size();
  const auto size = ::recvmsg(socket.number(), &head, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return std::nullopt;
  if (size >= 0) received.descriptor = takeDescriptor(head);
  const bool isWhole = size > 0 && (head.msg_flags & MSG_TRUNC) == 0;
  received.message.resize(isWhole ? static_cast<std::size_t>(size) : 0);
  return received;
}

} // namespace tutti::module
