#include "Sodium.hpp"

#include <tutti/core/Assert.hpp>

namespace tutti::room {

void wakeSodium()
{
  static const bool isAwake = sodium_init() >= 0;
  TUTTI_ASSERT(isAwake);
}

} // namespace tutti::room
