// Packets that are accepted survive the way through our own writer.
#include <span>

#include <tutti/net/RtpPacket.hpp>

#include "Require.hpp"

using namespace tutti;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::span bytes{reinterpret_cast<const std::byte*>(data), size};
  static_cast<void>(net::isRtcp(bytes));
  const auto packet = net::parseRtp(bytes);
  if (!packet) return 0;
  require(packet->payload.size() <= size);
  if (net::rtpHeadSize(packet->extensions) + packet->payload.size() > net::MediaDatagram::capacity())
    return 0;
  const auto datagram = net::encodeRtp(*packet);
  const auto again = net::parseRtp(datagram.bytes());
  require(again && again->header == packet->header && again->extensions == packet->extensions);
  require(std::ranges::equal(again->payload, packet->payload));
  return 0;
}
