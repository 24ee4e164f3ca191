#include <Catch.hpp>
#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include "SrtpContext.hpp"

using namespace tutti::net;

TEST_CASE("Of a key that is not used any more nothing is left in memory") // spec room R-3
{
  SrtpKey key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::byte>(0x41 + i);
  alignas(SrtpContext) static std::array<std::byte, sizeof(SrtpContext)> place;
  auto* context = new (place.data()) SrtpContext{1, key};
  const auto isThere = [&] { return std::ranges::search(place, key).size() == key.size(); };
  CHECK(isThere());
  context->~SrtpContext();
  CHECK_FALSE(isThere());
}
