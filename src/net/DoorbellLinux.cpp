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
#include <vector>

namespace tutti::net {
namespace {

short eventsOf(const Watch& watch)
{
  return static_cast<short>((watch.toRead ? POLLIN : 0) | (watch.toWrite ? POLLOUT : 0));
}

/// The first is the bell, which is silent afterwards.
void wait(std::span<pollfd> waits, std::optional<HostTime> deadline)
{
  timespec left{};
  if (deadline) {
    const auto most = std::max(*deadline - time::HostClock::now(), Micros{0}).count();
    left = {most / 1'000'000, most % 1'000'000 * 1000};
  }
  ::ppoll(waits.data(), waits.size(), deadline ? &left : nullptr, nullptr);
  std::uint64_t rings = 0;
  if (waits.front().revents != 0) {
    [[maybe_unused]] const auto cleared = ::read(waits.front().fd, &rings, sizeof rings);
  }
}

} // namespace

Doorbell::Doorbell()
  : bell_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)}
{
  if (!bell_.isOpen()) throw std::system_error{errno, std::system_category(), "no way to wake a thread"};
}

void Doorbell::ring() const noexcept
{
  const std::uint64_t once = 1;
  [[maybe_unused]] const auto written = ::write(bell_.number(), &once, sizeof once); // full: rung enough
}

void Doorbell::waitUntil(std::optional<HostTime> deadline, std::span<Watch> watches) const
{
  std::vector<pollfd> waits{{bell_.number(), POLLIN, 0}};
  for (const auto& watch : watches) waits.push_back({watch.descriptor, eventsOf(watch), 0});
  wait(waits, deadline);
  for (std::size_t i = 0; i < watches.size(); ++i) watches[i].isReady = waits[i + 1].revents != 0;
}

void Doorbell::waitUntil(std::optional<HostTime> deadline, int socket, int other) const
{
  std::array<pollfd, 3> waits{{{bell_.number(), POLLIN, 0}, {socket, POLLIN, 0}, {other, POLLIN, 0}}};
  wait(waits, deadline);
}

} // namespace tutti::net
