// Must die under RealtimeSanitizer. The compiler is told that malloc never waits, as rt/Foreign.hpp tells it
// of calls that really don't: a false word there comes out at run time.
#include <cstddef>
#include <cstdio>
#include <tutti/rt/Nonblocking.hpp>

extern "C" void* malloc(std::size_t) noexcept TUTTI_NONBLOCKING;
extern "C" void free(void*) noexcept TUTTI_NONBLOCKING;

namespace {

void* volatile taken = nullptr;

void callback() noexcept TUTTI_NONBLOCKING
{
  taken = malloc(64);
}

} // namespace

int main()
{
  callback();
  free(taken);
  std::puts("it went on");
}
