// eventfd and ppoll, as Linux has them. Other systems get a file of their own.
#include <tutti/net/Doorbell.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace tutti::net {

Doorbell::Doorbell()
  : descriptor_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)}
{
  if (descriptor_ < 0) throw std::system_error{errno, std::system_category(), "no way to wake a thread"};
}

Doorbell::~Doorbell()
{
  ::close(descriptor_);
}

void Doorbell::ring() const noexcept
{
  const std::uint64_t once = 1;
  [[maybe_unused]] const auto written = ::write(descriptor_, &once, sizeof once); // full: rung enough
}

void Doorbell::waitUntil(std::optional<HostTime> deadline, int socket, int other) const
{
  std::array<pollfd, 3> waits{{{descriptor_, POLLIN, 0}, {socket, POLLIN, 0}, {other, POLLIN, 0}}};
  timespec left{};
  if (deadline) {
    const auto wait = std::max(*deadline - time::HostClock::now(), Micros{0}).count();
    left = {wait / 1'000'000, wait % 1'000'000 * 1000};
  }
  ::ppoll(waits.data(), waits.size(), deadline ? &left : nullptr, nullptr);
  std::uint64_t rings = 0;
  if (waits[0].revents != 0) {
    [[maybe_unused]] const auto cleared = ::read(descriptor_, &rings, sizeof rings);
  }
}

} // namespace tutti::net
