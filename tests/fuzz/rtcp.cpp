// Reports that are accepted survive the way through our own writer.
#include <span>

#include <tutti/net/RtcpReport.hpp>

#include "Require.hpp"

using namespace tutti;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::span bytes{reinterpret_cast<const std::byte*>(data), size};
  const auto report = net::parseRtcp(bytes);
  if (!report) return 0;
  const auto datagram = net::encodeRtcp(*report);
  const auto again = net::parseRtcp(datagram.bytes());
  require(again && *again == *report);
  return 0;
}
