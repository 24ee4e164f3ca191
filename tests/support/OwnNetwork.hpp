#pragma once

#include <arpa/inet.h>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
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

/// Gives this network one more address, "10.9.9.9". False where the system does not allow it.
inline bool addAddress(const char* text)
{
  const int any = socket(AF_INET, SOCK_DGRAM, 0);
  if (any < 0) return false;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  ifreq request{};
  std::strcpy(request.ifr_name, "lo:1");
  const bool isAddress = inet_pton(AF_INET, text, &address.sin_addr) == 1;
  std::memcpy(&request.ifr_addr, &address, sizeof address);
  const bool isAdded = isAddress && ioctl(any, SIOCSIFADDR, &request) == 0;
  close(any);
  return isAdded;
}

} // namespace tutti::test
