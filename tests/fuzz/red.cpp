// Redundant payloads that are accepted survive the way through our own writer, byte for byte.
#include <span>

#include <tutti/net/RedPayload.hpp>

#include "Require.hpp"

using namespace tutti;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::span bytes{reinterpret_cast<const std::byte*>(data), size};
  const auto blocks = net::parseRed(bytes);
  if (!blocks) return 0;
  require(!blocks->empty() && net::redSize(*blocks) == size);
  if (size > net::MediaDatagram::capacity()) return 0;
  require(std::ranges::equal(net::encodeRed(*blocks).bytes(), bytes));
  return 0;
}
