#include <tutti/core/Assert.hpp>

#include <cstdio>
#include <cstdlib>

namespace tutti {

void assertionFailed(const char* claim, const char* file, int line)
{
  std::fprintf(stderr, "tutti: broken invariant: %s (%s:%d)\n", claim, file, line);
  std::abort();
}

} // namespace tutti
