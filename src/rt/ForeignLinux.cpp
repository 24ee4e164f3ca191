// The Linux side of rt/Foreign.hpp. Other systems get a file of their own beside it.
#include <tutti/rt/Foreign.hpp>

#include <climits>
#include <ctime>
#include <linux/futex.h>
#include <semaphore.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

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

// The system call itself, without libc: its general `syscall` may be any call, so nobody can vouch for it.
void wakeSharedWord(const std::atomic<std::uint32_t>& word) noexcept TUTTI_NONBLOCKING
{
#if defined(__x86_64__)
  long result = SYS_futex;
  register long timeout asm("r10") = 0;
  asm volatile("syscall"
               : "+a"(result)
               : "D"(&word), "S"(FUTEX_WAKE), "d"(INT_MAX), "r"(timeout)
               : "rcx", "r11", "memory");
#elif defined(__aarch64__)
  register long number asm("x8") = SYS_futex;
  register long result asm("x0") = reinterpret_cast<long>(&word);
  register long operation asm("x1") = FUTEX_WAKE;
  register long most asm("x2") = INT_MAX;
  register long timeout asm("x3") = 0;
  asm volatile("svc #0" : "+r"(result) : "r"(number), "r"(operation), "r"(most), "r"(timeout) : "memory");
#else
#error "this processor's way into Linux is missing here"
#endif
}

void postSemaphore(void* semaphore) noexcept TUTTI_NONBLOCKING
{
  sem_post(static_cast<sem_t*>(semaphore));
}

} // namespace tutti::rt
