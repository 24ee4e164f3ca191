#include "MulticastOptions.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#ifndef IPV6_MULTICAST_ALL
#define IPV6_MULTICAST_ALL 29 // linux/in6.h, since 4.20
#endif

namespace tutti::discovery {

void hearOnlyOwnGroups(int socket, IpAddress::Family family)
{
  // A kernel that does not know the option only makes us hear things twice, which the peer table bears.
  const int off = 0;
  if (family == IpAddress::Family::v4)
    setsockopt(socket, IPPROTO_IP, IP_MULTICAST_ALL, &off, sizeof off);
  else
    setsockopt(socket, IPPROTO_IPV6, IPV6_MULTICAST_ALL, &off, sizeof off);
}

} // namespace tutti::discovery
