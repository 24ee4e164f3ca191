#include <tutti/core/Descriptor.hpp>

#include <unistd.h>

namespace tutti {

Descriptor::~Descriptor()
{
  if (isOpen()) ::close(number_);
}

} // namespace tutti
