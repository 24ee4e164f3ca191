// Compiled twice by ctest: with GROWS it must be refused, because a vector that grows allocates.
#include <tutti/rt/Nonblocking.hpp>
#include <vector>

void callback(std::vector<float>& takes, float sample) noexcept TUTTI_NONBLOCKING
{
#ifdef GROWS
  takes.push_back(sample);
#else
  takes[0] = sample;
#endif
}
