// The Linux side of Names.hpp. Other systems get a file of their own beside it.
#include "Names.hpp"

#include <array>
#include <cstring>
#include <ctime>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace tutti::module {

std::optional<Endpoint> resolve(const std::string& host, std::uint16_t port)
{
  addrinfo wish{};
  wish.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), nullptr, &wish, &found) != 0) return std::nullopt;
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner{found, ::freeaddrinfo};
  if (found->ai_family == AF_INET) {
    sockaddr_in address{};
    std::memcpy(&address, found->ai_addr, sizeof address);
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &address.sin_addr, bytes.size());
    return Endpoint{IpAddress::v4(bytes), port};
  }
  if (found->ai_family != AF_INET6) return std::nullopt;
  sockaddr_in6 address{};
  std::memcpy(&address, found->ai_addr, sizeof address);
  std::array<std::uint8_t, 16> bytes{};
  std::memcpy(bytes.data(), &address.sin6_addr, bytes.size());
  return Endpoint{IpAddress::v6(bytes, address.sin6_scope_id), port};
}

void waitReadable(int descriptor, Micros most)
{
  if (most.count() <= 0) return;
  pollfd wanted{descriptor, POLLIN, 0};
  timespec patience{};
  patience.tv_sec = static_cast<std::time_t>(most.count() / 1'000'000);
  patience.tv_nsec = static_cast<long>(most.count() % 1'000'000 * 1000);
  ::ppoll(&wanted, 1, &patience, nullptr);
}

} // namespace tutti::module
