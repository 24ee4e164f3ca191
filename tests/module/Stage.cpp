#include "Stage.hpp"

#include <unistd.h>

namespace tutti::test {

module::LaneMemory BothEnds::twin(const module::LaneMemory& memory, const module::LaneShape& what)
{
  return module::LaneMemory::map(::dup(memory.descriptor()), what.words()).value();
}

} // namespace tutti::test
