#pragma once

#include <cstring>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tutti::test {

/// Moves this thread, and those that it starts from now on, into a network of its own in which only loopback
/// exists, so that a test with real sockets meets nobody but itself. False where the system does not allow
/// it.
inline bool enterOwnNetwork()
{
  if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return false;
  const int any = socket(AF_INET, SOCK_DGRAM, 0);
  if (any < 0) return false;
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  const bool isKnown = ioctl(any, SIOCGIFFLAGS, &request) == 0;
  request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP | IFF_RUNNING);
  const bool isUp = isKnown && ioctl(any, SIOCSIFFLAGS, &request) == 0;
  close(any);
  return isUp;
}

} // namespace tutti::test
