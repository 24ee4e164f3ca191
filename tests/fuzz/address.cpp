// Whatever text is accepted as an address is written in one way only, and survives the way back.
#include <string_view>

#include <tutti/core/Endpoint.hpp>

#include "Require.hpp"

using tutti::IpAddress;
using tutti::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto address = IpAddress::parse({reinterpret_cast<const char*>(data), size});
  if (!address) return 0;
  const auto again = IpAddress::parse(address->text());
  require(again && *again == *address && again->text() == address->text());
  require(address->sharesPrefix(*again, 128) && address->text().size() <= 45);
  return 0;
}
