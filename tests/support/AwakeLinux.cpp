#include "Awake.hpp"

#include <cstdint>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace tutti::test {

Awake::Awake()
  : wish_{::open("/dev/cpu_dma_latency", O_WRONLY | O_CLOEXEC)}
{
  const std::int32_t micros = 0; // holds for as long as the file is open
  if (wish_ >= 0 && ::write(wish_, &micros, sizeof micros) < 0) ::close(std::exchange(wish_, -1));
}

Awake::~Awake()
{
  if (wish_ >= 0) ::close(wish_);
}

} // namespace tutti::test
