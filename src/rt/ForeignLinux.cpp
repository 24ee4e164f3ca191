// The Linux side of rt/Foreign.hpp. Other systems get a file of their own beside it.
#include <tutti/rt/Foreign.hpp>

#include <ctime>
#include <semaphore.h>
#include <sys/resource.h>

// Declared once more as what they are: without locks, allocation or waiting.
extern "C" int clock_gettime(clockid_t, struct timespec*) noexcept TUTTI_NONBLOCKING;
extern "C" int getrusage(__rusage_who_t, struct rusage*) noexcept TUTTI_NONBLOCKING;
extern "C" int sem_post(sem_t*) noexcept TUTTI_NONBLOCKING;

namespace tutti::rt {

std::int64_t rawMonotonicMicros() noexcept TUTTI_NONBLOCKING
{
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

Effort effortOfThisThread() noexcept TUTTI_NONBLOCKING
{
  timespec computed{}; // getrusage has times, too, but only as the last tick left them
  rusage usage{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &computed);
  getrusage(RUSAGE_THREAD, &usage);
  return {.computedMicros = static_cast<std::int64_t>(computed.tv_sec) * 1'000'000 + computed.tv_nsec / 1000,
          .waits = usage.ru_nvcsw};
}

void postSemaphore(void* semaphore) noexcept TUTTI_NONBLOCKING
{
  sem_post(static_cast<sem_t*>(semaphore));
}

} // namespace tutti::rt
