#include "ProcessorUse.hpp"

#include <chrono>
#include <sys/resource.h>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;

Micros microsOf(const timeval& time)
{
  return Micros{std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec};
}

} // namespace

Micros processorTime()
{
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return microsOf(usage.ru_utime) + microsOf(usage.ru_stime);
}

double ProcessorShare::look(HostTime now, Micros used)
{
  const auto elapsed = now - lookedAt_;
  if (elapsed < 1s) return share_;
  share_ = static_cast<double>((used - used_).count()) / static_cast<double>(elapsed.count());
  lookedAt_ = now;
  used_ = used;
  return share_;
}

} // namespace tutti::serve
