// recvmmsg, sendmmsg and kernel time stamps, as Linux has them. Other systems get a file of their own.
#include <tutti/core/Descriptor.hpp>
#include <tutti/net/BatchSocket.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <sys/socket.h>
#include <system_error>

#include <fmt/format.h>

namespace tutti::net {
namespace {

constexpr int kExpedited = 46 << 2; // RFC 3246, in the place of the old type of service

struct SocketAddress {
  sockaddr_storage storage;
  socklen_t size;
};

in6_addr mappedV4(const IpAddress& address)
{
  in6_addr mapped{};
  mapped.s6_addr[10] = mapped.s6_addr[11] = 0xff;
  std::copy_n(address.bytes().begin(), 4, mapped.s6_addr + 12);
  return mapped;
}

void write(const Endpoint& endpoint, int family, SocketAddress& out)
{
  if (family == AF_INET) {
    sockaddr_in inet{};
    inet.sin_family = AF_INET;
    inet.sin_port = htons(endpoint.port);
    std::memcpy(&inet.sin_addr, endpoint.address.bytes().data(), 4);
    std::memcpy(&out.storage, &inet, sizeof inet);
    out.size = sizeof inet;
    return;
  }
  sockaddr_in6 inet{};
  inet.sin6_family = AF_INET6;
  inet.sin6_port = htons(endpoint.port);
  if (endpoint.address.isV4())
    inet.sin6_addr = mappedV4(endpoint.address);
  else
    std::copy_n(endpoint.address.bytes().begin(), 16, inet.sin6_addr.s6_addr);
  inet.sin6_scope_id = endpoint.address.scope();
  std::memcpy(&out.storage, &inet, sizeof inet);
  out.size = sizeof inet;
}

Endpoint read(const sockaddr_storage& storage)
{
  std::array<std::uint8_t, 4> four{};
  if (storage.ss_family == AF_INET) {
    sockaddr_in inet{};
    std::memcpy(&inet, &storage, sizeof inet);
    std::memcpy(four.data(), &inet.sin_addr, four.size());
    return {IpAddress::v4(four), ntohs(inet.sin_port)};
  }
  sockaddr_in6 inet{};
  std::memcpy(&inet, &storage, sizeof inet);
  const auto port = ntohs(inet.sin6_port);
  if (IN6_IS_ADDR_V4MAPPED(&inet.sin6_addr)) {
    std::copy_n(inet.sin6_addr.s6_addr + 12, four.size(), four.begin());
    return {IpAddress::v4(four), port};
  }
  std::array<std::uint8_t, 16> sixteen{};
  std::copy_n(inet.sin6_addr.s6_addr, sixteen.size(), sixteen.begin());
  return {IpAddress::v6(sixteen, inet.sin6_scope_id), port};
}

template <class Value> void set(int descriptor, int level, int option, const Value& value)
{
  ::setsockopt(descriptor, level, option, &value, sizeof value); // each is a wish: the socket serves without
}

/// The kernel stamps by the wall clock; this is what separates it from ours at this moment.
Micros wallClockAhead()
{
  timespec wall{};
  ::clock_gettime(CLOCK_REALTIME, &wall);
  const auto ours = time::HostClock::now();
  return Micros{std::int64_t{wall.tv_sec} * 1'000'000 + wall.tv_nsec / 1000 - microsOf(ours)};
}

tl::unexpected<Error> sentence(int error, const Endpoint& local)
{
  if (error == EADDRINUSE)
    return failure(
      ErrorKind::refused,
      fmt::format("Another program uses UDP port {}. Close it, or choose another port.", local.port));
  if (error == EACCES)
    return failure(ErrorKind::refused,
                   fmt::format("This user may not use UDP port {}. Choose one above 1023.", local.port));
  if (error == EADDRNOTAVAIL)
    return failure(ErrorKind::unavailable,
                   fmt::format("This machine has no address {}.", local.address.text()));
  return failure(ErrorKind::unavailable,
                 fmt::format("The network cannot be used: {}.", std::generic_category().message(error)));
}

union Control {
  cmsghdr alignment;
  std::array<char, 64> bytes; // one time stamp
};

} // namespace

struct BatchSocket::Machinery {
  Machinery(Descriptor opened, int addressFamily)
    : socket{std::move(opened)}
    , family{addressFamily}
  {
    for (std::size_t i = 0; i < kBatch; ++i) {
      pieces[i] = {storage[i].data(), kLargestDatagram};
      auto& header = arrivals[i].msg_hdr;
      header.msg_name = &senders[i];
      header.msg_iov = &pieces[i];
      header.msg_iovlen = 1;
      header.msg_control = controls[i].bytes.data();
    }
  }
  Machinery(const Machinery&) = delete;
  Machinery& operator=(const Machinery&) = delete;

  [[nodiscard]] HostTime arrivalOf(const msghdr& header, Micros wallAhead, HostTime now) const
  {
    auto& mutableHeader = const_cast<msghdr&>(header); // the system's macros know no const
    for (auto* part = CMSG_FIRSTHDR(&mutableHeader); part != nullptr;
         part = CMSG_NXTHDR(&mutableHeader, part)) {
      if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPNS) continue;
      timespec stamp{};
      std::memcpy(&stamp, CMSG_DATA(part), sizeof stamp);
      const auto at = hostTime(std::int64_t{stamp.tv_sec} * 1'000'000 + stamp.tv_nsec / 1000) - wallAhead;
      constexpr std::chrono::seconds kTooOld{2}; // the wall clock was set meanwhile
      if (at <= now && now - at < kTooOld) return at;
    }
    return now;
  }

  Descriptor socket;
  int family;
  std::array<std::array<std::byte, kLargestDatagram>, kBatch> storage{};
  std::array<iovec, kBatch> pieces{};
  std::array<sockaddr_storage, kBatch> senders{};
  std::array<Control, kBatch> controls{};
  std::array<mmsghdr, kBatch> arrivals{};
  std::array<Incoming, kBatch> incoming{};
  std::array<SocketAddress, kBatch> targets{};
  std::array<iovec, kBatch> sendPieces{};
  std::array<mmsghdr, kBatch> departures{};
};

Result<BatchSocket> BatchSocket::open(const Endpoint& local, const Options& options)
{
  const int family = local.address.isV4() ? AF_INET : AF_INET6;
  Descriptor socket{::socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  if (!socket.isOpen()) return sentence(errno, local);
  const int descriptor = socket.number();
  auto machinery = std::make_unique<Machinery>(std::move(socket), family);
  const int on = 1;
  set(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, on);
  set(descriptor, IPPROTO_IP, IP_TOS, kExpedited);
  if (family == AF_INET6) {
    set(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    set(descriptor, IPPROTO_IPV6, IPV6_TCLASS, kExpedited);
  }
  const int bytes = static_cast<int>(options.receiveBufferBytes / 2); // the kernel doubles it
  set(descriptor, SOL_SOCKET, SO_RCVBUF, bytes);
  set(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, bytes);
  set(descriptor, SOL_SOCKET, SO_SNDBUF, bytes);
  set(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, bytes);
  SocketAddress address{};
  write(local, family, address);
  if (::bind(descriptor, reinterpret_cast<sockaddr*>(&address.storage), address.size) != 0)
    return sentence(errno, local);
  return BatchSocket{std::move(machinery)};
}

BatchSocket::BatchSocket(std::unique_ptr<Machinery> machinery)
  : machinery_{std::move(machinery)}
{}

BatchSocket::~BatchSocket() = default;
BatchSocket::BatchSocket(BatchSocket&&) noexcept = default;
BatchSocket& BatchSocket::operator=(BatchSocket&&) noexcept = default;

Endpoint BatchSocket::local() const
{
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  ::getsockname(machinery_->socket.number(), reinterpret_cast<sockaddr*>(&storage), &size);
  return read(storage);
}

int BatchSocket::descriptor() const
{
  return machinery_->socket.number();
}

std::size_t BatchSocket::receiveBufferBytes() const
{
  int bytes = 0;
  socklen_t size = sizeof bytes;
  ::getsockopt(machinery_->socket.number(), SOL_SOCKET, SO_RCVBUF, &bytes, &size);
  return static_cast<std::size_t>(std::max(bytes, 0));
}

std::span<Incoming> BatchSocket::receive()
{
  auto& m = *machinery_;
  for (std::size_t i = 0; i < kBatch; ++i) {
    m.arrivals[i].msg_hdr.msg_namelen = sizeof m.senders[i];
    m.arrivals[i].msg_hdr.msg_controllen = sizeof m.controls[i];
  }
  const int count = ::recvmmsg(m.socket.number(), m.arrivals.data(), kBatch, MSG_DONTWAIT, nullptr);
  if (count <= 0) return {}; // nothing there, or an old refusal of somebody, which the kernel has now told
  const auto wallAhead = wallClockAhead();
  const auto now = time::HostClock::now();
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const auto& arrival = m.arrivals[i];
    m.incoming[i] = {std::span{m.storage[i]}.first(arrival.msg_len), read(m.senders[i]),
                     m.arrivalOf(arrival.msg_hdr, wallAhead, now)};
  }
  return std::span{m.incoming}.first(static_cast<std::size_t>(count));
}

std::size_t BatchSocket::send(std::span<const Outgoing> datagrams)
{
  auto& m = *machinery_;
  std::size_t taken = 0;
  for (; !datagrams.empty(); datagrams = datagrams.subspan(std::min(kBatch, datagrams.size()))) {
    const auto now = datagrams.first(std::min(kBatch, datagrams.size()));
    for (std::size_t i = 0; i < now.size(); ++i) {
      write(now[i].to, m.family, m.targets[i]);
      m.sendPieces[i] = {const_cast<std::byte*>(now[i].bytes.data()), now[i].bytes.size()};
      m.departures[i] = {};
      m.departures[i].msg_hdr.msg_name = &m.targets[i].storage;
      m.departures[i].msg_hdr.msg_namelen = m.targets[i].size;
      m.departures[i].msg_hdr.msg_iov = &m.sendPieces[i];
      m.departures[i].msg_hdr.msg_iovlen = 1;
    }
    for (std::size_t done = 0; done < now.size();) {
      const int count = ::sendmmsg(m.socket.number(), m.departures.data() + done,
                                   static_cast<unsigned>(now.size() - done), MSG_DONTWAIT);
      if (count > 0) taken += static_cast<std::size_t>(count);
      done += count > 0 ? static_cast<std::size_t>(count) : 1; // the first one was refused: the next
    }
  }
  return taken;
}

} // namespace tutti::net
