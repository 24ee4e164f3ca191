#include "Stage.hpp"

namespace tutti::test {

module::LaneMemory BothEnds::twin(const module::LaneMemory& memory, const module::LaneShape& what)
{
  return module::LaneMemory::map(memory.share(), what.words()).value();
}

} // namespace tutti::test
