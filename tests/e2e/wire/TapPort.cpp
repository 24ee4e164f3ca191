#include "TapPort.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace wire {
namespace {

constexpr std::size_t kLargestFrame = 2048; // 1500 bytes and the Ethernet head, with room

[[noreturn]] void fail(const std::string& what)
{
  throw std::system_error{errno, std::generic_category(), what};
}

int opened(const std::string& path, int flags)
{
  const auto fd = ::open(path.c_str(), flags | O_CLOEXEC);
  if (fd < 0) fail("cannot open " + path);
  return fd;
}

/// A TAP interface belongs to the namespace in which it was created.
class VisitNamespace {
public:
  explicit VisitNamespace(const std::string& name)
    : home_{opened("/proc/self/ns/net", O_RDONLY)}
  {
    const auto there = opened("/run/netns/" + name, O_RDONLY);
    if (::setns(there, CLONE_NEWNET) != 0) fail("cannot enter network namespace " + name + " (root needed)");
    ::close(there);
  }
  ~VisitNamespace()
  {
    ::setns(home_, CLONE_NEWNET);
    ::close(home_);
  }
  VisitNamespace(const VisitNamespace&) = delete;
  VisitNamespace& operator=(const VisitNamespace&) = delete;

private:
  int home_;
};

} // namespace

TapPort::TapPort(const std::string& networkNamespace, const std::string& interfaceName)
  : name_{networkNamespace + ":" + interfaceName}
{
  const VisitNamespace visit{networkNamespace};
  fd_ = opened("/dev/net/tun", O_RDWR | O_NONBLOCK);
  ifreq request{};
  request.ifr_flags = IFF_TAP | IFF_NO_PI;
  std::strncpy(request.ifr_name, interfaceName.c_str(), IFNAMSIZ - 1);
  if (::ioctl(fd_, TUNSETIFF, &request) != 0) fail("cannot create the interface " + name_);
}

TapPort::~TapPort()
{
  if (fd_ >= 0) ::close(fd_);
}

TapPort::TapPort(TapPort&& other) noexcept
  : name_{std::move(other.name_)}
  , fd_{std::exchange(other.fd_, -1)}
{}

Frame TapPort::read() const
{
  std::array<std::byte, kLargestFrame> buffer;
  const auto size = ::read(fd_, buffer.data(), buffer.size());
  if (size <= 0) return {};
  return {buffer.begin(), buffer.begin() + size};
}

void TapPort::write(std::span<const std::byte> frame) const
{
  // An interface that is down refuses: as on a real cable, the frame is gone.
  [[maybe_unused]] const auto written = ::write(fd_, frame.data(), frame.size());
}

} // namespace wire
