#include "ReceiveBuffer.hpp"

#include <fstream>

#include <tutti/net/BatchSocket.hpp>

namespace tutti::app {

ReceiveBufferFacts probeReceiveBuffer()
{
  ReceiveBufferFacts facts;
  const net::BatchSocket::Options options;
  facts.wantedBytes = options.receiveBufferBytes;
  if (const auto socket = net::BatchSocket::open({IpAddress::v4({127, 0, 0, 1}), 0}, options))
    facts.gotBytes = socket->receiveBufferBytes();
  std::uint64_t most = 0;
  if (std::ifstream{"/proc/sys/net/core/rmem_max"} >> most) facts.mostBytes = most;
  return facts;
}

} // namespace tutti::app
